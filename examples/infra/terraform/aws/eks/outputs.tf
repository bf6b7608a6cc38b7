output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "security_group_id" {
  description = "Security group that the cluster gives to its nodes and pods."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}
