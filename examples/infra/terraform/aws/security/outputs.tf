output "database_security_group_id" {
  description = "Security group of the database."
  value       = aws_security_group.database.id
}

output "boundary_arn" {
  description = "Boundary that every role of this product has."
  value       = aws_iam_policy.boundary.arn
}

output "plan_role_arn" {
  description = "Role of the pipeline's jobs that plan."
  value       = aws_iam_role.plan.arn
}

output "apply_role_arn" {
  description = "Role of the pipeline's jobs that apply."
  value       = aws_iam_role.apply.arn
}

output "deploy_role_arn" {
  description = "Role of the pipeline's jobs that deploy to the cluster."
  value       = aws_iam_role.deploy.arn
}
