# Examples: put your own here. None of it is secret.
locals {
  account_id = "111122223333"
  region     = "eu-central-1"
}

module "shop" {
  source       = "../../aws/shop"
  name         = "shop-staging"
  account_id   = local.account_id
  region       = local.region
  zones        = ["${local.region}a", "${local.region}b", "${local.region}c"]
  state_bucket = "example-terraform-state"
  state_key    = "x0tta6bl4/staging.tfstate"
  gitlab       = { url = "https://gitlab.example", project = "payments/shop", branch = "main" }
  admins       = ["arn:aws:iam::${local.account_id}:role/Administrator"]
  alarm_email  = "operators@shop.example"

  # Small, and can be thrown away.
  nat = "one"
  node = {
    instance_types = ["t3.large", "t3a.large"]
    min            = 2
    desired        = 2
    max            = 3
    disk_gib       = 30
  }
  database = {
    instance_class        = "db.t4g.medium"
    storage_gib           = { first = 20, most = 100 }
    multi_az              = false
    backup_retention_days = 7
    protected             = false
  }
  backup_days = { daily = 7, monthly = 35, least = 1 }
}
