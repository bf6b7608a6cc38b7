locals {
  name = "shop-staging"
}

module "networking" {
  source                   = "../../aws/networking"
  name                     = local.name
  account_id               = var.account_id
  region                   = var.region
  zones                    = var.zones
  nat                      = "one"
  permissions_boundary_arn = module.security.boundary_arn
}

module "eks" {
  source                   = "../../aws/eks"
  name                     = local.name
  account_id               = var.account_id
  region                   = var.region
  kubernetes_version       = "1.33"
  subnet_ids               = module.networking.private_subnet_ids
  admins                   = var.admins
  deployers                = { pipeline = { role_arn = module.security.apply_role_arn, namespaces = ["shop"] } }
  permissions_boundary_arn = module.security.boundary_arn
  node = {
    instance_types = ["t3.large", "t3a.large"]
    min            = 2
    desired        = 2
    max            = 3
    disk_gib       = 30
  }
}

module "security" {
  source                    = "../../aws/security"
  name                      = local.name
  account_id                = var.account_id
  region                    = var.region
  vpc_id                    = module.networking.vpc_id
  cluster_name              = module.eks.cluster_name
  cluster_security_group_id = module.eks.security_group_id
  state_bucket              = var.state_bucket
  gitlab                    = var.gitlab
}

module "data" {
  source                   = "../../aws/data"
  name                     = local.name
  account_id               = var.account_id
  subnet_ids               = module.networking.database_subnet_ids
  security_group_id        = module.security.database_security_group_id
  permissions_boundary_arn = module.security.boundary_arn
  instance_class           = "db.t4g.medium"
  storage_gib              = { first = 20, most = 100 }
  multi_az                 = false
  backup_retention_days    = 7
  protected                = false
}

module "backup" {
  source                   = "../../aws/backup"
  name                     = local.name
  account_id               = var.account_id
  alarm_email              = var.alarm_email
  subnet_group             = module.data.subnet_group
  permissions_boundary_arn = module.security.boundary_arn
  days                     = { daily = 7, monthly = 35, least = 1 }
}
