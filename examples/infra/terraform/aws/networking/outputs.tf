output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Subnets of the nodes, one for each zone."
  value       = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "database_subnet_ids" {
  description = "Subnets of the databases, one for each zone."
  value       = [for zone in var.zones : aws_subnet.database[zone].id]
}
