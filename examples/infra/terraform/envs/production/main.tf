# Examples: put your own here. None of it is secret.
locals {
  account_id = "111122223333"
  region     = "eu-central-1"
}

module "shop" {
  source       = "../../aws/shop"
  name         = "shop-production"
  account_id   = local.account_id
  region       = local.region
  zones        = ["${local.region}a", "${local.region}b", "${local.region}c"]
  state_bucket = "example-terraform-state"
  state_key    = "x0tta6bl4/production.tfstate"
  gitlab       = { url = "https://gitlab.example", project = "payments/shop", branch = "main" }
  admins       = ["arn:aws:iam::${local.account_id}:role/Administrator"]
  alarm_email  = "operators@shop.example"
}
