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
  state_key                 = "x0tta6bl4/test.tfstate"
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

run "lets_the_load_balancer_in_to_pods" {
  assert {
    condition = anytrue([for statement in data.aws_iam_policy_document.load_balancer.statement :
      contains(statement.actions, "ec2:AuthorizeSecurityGroupIngress") && contains(statement.actions, "ec2:RevokeSecurityGroupIngress") &&
    contains(statement.resources, "arn:aws:ec2:eu-central-1:111122223333:security-group/sg-cluster") && length(statement.condition) == 0])
    error_message = "expected the controller to open the cluster's group, which has no tag of its own"
  }
  assert {
    condition = anytrue([for statement in data.aws_iam_policy_document.load_balancer.statement :
    contains(statement.actions, "iam:CreateServiceLinkedRole") && join(",", flatten([for condition in statement.condition : condition.values])) == "elasticloadbalancing.amazonaws.com"])
    error_message = "expected the controller to make the role of load balancers, and of nothing else"
  }
}

run "lets_the_load_balancer_claim_nothing_that_is_there" {
  assert {
    condition = alltrue([for statement in data.aws_iam_policy_document.load_balancer.statement :
      length(setintersection(statement.actions, ["ec2:CreateTags", "elasticloadbalancing:AddTags"])) == 0 ||
      anytrue([for condition in statement.condition : endswith(condition.variable, ":CreateAction") || startswith(condition.variable, "aws:ResourceTag/")]) ||
    alltrue([for resource in statement.resources : strcontains(resource, ":listener*/app/*")])])
    error_message = "expected tags on what is new or has them, and on listeners"
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

run "refuses_the_state_of_every_environment" {
  command = plan
  variables {
    state_key = "x0tta6bl4/*"
  }
  expect_failures = [var.state_key]
}
