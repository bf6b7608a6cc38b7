mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                      = "shop-test"
  account_id                = "111122223333"
  region                    = "eu-central-1"
  vpc_id                    = "vpc-1"
  cluster_name              = "shop-test"
  cluster_security_group_id = "sg-cluster"
  state_bucket              = "example-terraform-state"
  gitlab                    = { url = "https://gitlab.example", project = "payments/shop", branch = "main" }
}

run "opens_the_database_to_the_cluster_only" {
  assert {
    condition     = aws_vpc_security_group_ingress_rule.database.referenced_security_group_id == "sg-cluster" && aws_vpc_security_group_ingress_rule.database.from_port == 5432
    error_message = "expected PostgreSQL from the cluster's security group"
  }
}

run "gives_every_workload_a_role_within_the_boundary" {
  assert {
    condition     = alltrue([for role in aws_iam_role.workload : role.permissions_boundary == aws_iam_policy.boundary.arn])
    error_message = "expected the boundary on each"
  }
  assert {
    condition     = length(aws_eks_pod_identity_association.workload) == length(aws_iam_role.workload)
    error_message = "expected one service account for each role"
  }
}

run "refuses_gitlab_without_tls" {
  command = plan
  variables {
    gitlab = { url = "http://gitlab.example", project = "payments/shop", branch = "main" }
  }
  expect_failures = [var.gitlab]
}

run "refuses_every_project" {
  command = plan
  variables {
    gitlab = { url = "https://gitlab.example", project = "payments/*", branch = "main" }
  }
  expect_failures = [var.gitlab]
}

run "refuses_every_branch" {
  command = plan
  variables {
    gitlab = { url = "https://gitlab.example", project = "payments/shop", branch = "*" }
  }
  expect_failures = [var.gitlab]
}
