# Who reaches the database: the cluster's nodes and pods, and nobody else; and it reaches nothing.

resource "aws_security_group" "database" {
  name        = "${var.name}-database"
  description = "PostgreSQL from the cluster"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "PostgreSQL from the cluster"
  referenced_security_group_id = var.cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
