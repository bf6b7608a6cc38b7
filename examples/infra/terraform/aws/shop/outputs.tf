output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = module.eks.cluster_name
}

output "database_address" {
  description = "Host in DATABASE_URL."
  value       = module.data.address
}

output "plan_role_arn" {
  description = "AWS_PLAN_ROLE of the pipeline."
  value       = module.security.plan_role_arn
}

output "apply_role_arn" {
  description = "AWS_APPLY_ROLE of the pipeline."
  value       = module.security.apply_role_arn
}
