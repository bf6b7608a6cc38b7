# All of one environment. What differs between environments is given; what holds for all of them is said here or in the modules.

module "networking" {
  source                   = "../networking"
  name                     = var.name
  account_id               = var.account_id
  region                   = var.region
  zones                    = var.zones
  nat                      = var.nat
  permissions_boundary_arn = module.security.boundary_arn
}

module "eks" {
  source                   = "../eks"
  name                     = var.name
  account_id               = var.account_id
  region                   = var.region
  kubernetes_version       = var.kubernetes_version
  subnet_ids               = module.networking.private_subnet_ids
  admins                   = var.admins
  deployers                = { pipeline = { role_arn = module.security.deploy_role_arn, namespaces = ["shop"] } }
  node                     = var.node
  permissions_boundary_arn = module.security.boundary_arn
}

module "security" {
  source                    = "../security"
  name                      = var.name
  account_id                = var.account_id
  region                    = var.region
  vpc_id                    = module.networking.vpc_id
  cluster_name              = module.eks.cluster_name
  cluster_security_group_id = module.eks.security_group_id
  state_bucket              = var.state_bucket
  state_key                 = var.state_key
  gitlab                    = var.gitlab
}

module "data" {
  source                   = "../data"
  name                     = var.name
  account_id               = var.account_id
  subnet_ids               = module.networking.database_subnet_ids
  security_group_id        = module.security.database_security_group_id
  instance_class           = var.database.instance_class
  storage_gib              = var.database.storage_gib
  multi_az                 = var.database.multi_az
  backup_retention_days    = var.database.backup_retention_days
  protected                = var.database.protected
  permissions_boundary_arn = module.security.boundary_arn
}

module "backup" {
  source                   = "../backup"
  name                     = var.name
  account_id               = var.account_id
  alarm_email              = var.alarm_email
  days                     = var.backup_days
  copy_vault_arn           = var.copy_vault_arn
  subnet_group             = module.data.subnet_group
  permissions_boundary_arn = module.security.boundary_arn
}
