output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = module.eks.cluster_name
}

output "database_address" {
  description = "Host in DATABASE_URL."
  value       = module.data.address
}

output "plan_role_arn" {
  description = "Role of the pipeline's jobs that plan."
  value       = module.security.plan_role_arn
}

output "apply_role_arn" {
  description = "Role of the pipeline's jobs that apply."
  value       = module.security.apply_role_arn
}

output "deploy_role_arn" {
  description = "Role of the pipeline's jobs that deploy."
  value       = module.security.deploy_role_arn
}
