output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = module.shop.cluster_name
}

output "database_address" {
  description = "Host in DATABASE_URL."
  value       = module.shop.database_address
}

output "plan_role_arn" {
  description = "PRODUCTION_PLAN_ROLE of the pipeline."
  value       = module.shop.plan_role_arn
}

output "apply_role_arn" {
  description = "PRODUCTION_APPLY_ROLE of the pipeline."
  value       = module.shop.apply_role_arn
}

output "deploy_role_arn" {
  description = "PRODUCTION_DEPLOY_ROLE of the pipeline."
  value       = module.shop.deploy_role_arn
}
