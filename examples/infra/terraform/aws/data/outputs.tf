output "arn" {
  description = "ARN of the instance."
  value       = aws_db_instance.this.arn
}

output "address" {
  description = "Name of the host, for DATABASE_URL."
  value       = aws_db_instance.this.address
}

output "subnet_group" {
  description = "Subnet group of the database, in which restores are tried too."
  value       = aws_db_subnet_group.this.name
}
