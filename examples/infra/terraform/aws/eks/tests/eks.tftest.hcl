mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                     = "shop-test"
  account_id               = "111122223333"
  region                   = "eu-central-1"
  kubernetes_version       = "1.33"
  subnet_ids               = ["subnet-1", "subnet-2"]
  admins                   = ["arn:aws:iam::111122223333:role/Administrator"]
  deployers                = { pipeline = { role_arn = "arn:aws:iam::111122223333:role/pipeline", namespaces = ["shop"] } }
  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
}

run "is_reached_from_the_network_only" {
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "expected a private endpoint and no public one"
  }
}

run "knows_no_administrator_but_those_that_are_named" {
  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "expected access entries, and no rights of whoever made the cluster"
  }
  assert {
    condition     = keys(aws_eks_access_policy_association.admin) == ["arn:aws:iam::111122223333:role/Administrator"]
    error_message = "expected one administrator"
  }
}

run "lets_the_pipeline_into_its_namespace_only" {
  assert {
    condition = alltrue([for association in aws_eks_access_policy_association.deployer :
    association.access_scope[0].type == "namespace" && toset(association.access_scope[0].namespaces) == toset(["shop"])])
    error_message = "expected the namespace shop, and nothing else"
  }
}

run "encrypts_secrets_and_keeps_every_log" {
  assert {
    condition     = contains(aws_eks_cluster.this.encryption_config[0].resources, "secrets")
    error_message = "expected secrets to be encrypted"
  }
  assert {
    condition     = toset(aws_eks_cluster.this.enabled_cluster_log_types) == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "expected all five logs"
  }
}

run "keeps_pods_from_the_metadata_of_nodes" {
  assert {
    condition     = aws_launch_template.node.metadata_options[0].http_tokens == "required" && aws_launch_template.node.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "expected IMDSv2 with a hop limit of 1"
  }
  assert {
    condition     = tobool(aws_launch_template.node.block_device_mappings[0].ebs[0].encrypted)
    error_message = "expected encrypted disks"
  }
}

run "enforces_network_policies" {
  assert {
    condition     = jsondecode(aws_eks_addon.network["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "expected the add-on of the network to enforce policies"
  }
}

run "refuses_a_version_that_is_none" {
  command = plan
  variables {
    kubernetes_version = "latest"
  }
  expect_failures = [var.kubernetes_version]
}

run "refuses_one_subnet" {
  command = plan
  variables {
    subnet_ids = ["subnet-1"]
  }
  expect_failures = [var.subnet_ids]
}

run "refuses_fewer_nodes_than_its_least" {
  command = plan
  variables {
    node = { instance_types = ["m7i.large"], min = 3, desired = 2, max = 6, disk_gib = 50 }
  }
  expect_failures = [var.node]
}

run "refuses_a_tiny_disk" {
  command = plan
  variables {
    node = { instance_types = ["m7i.large"], min = 1, desired = 1, max = 1, disk_gib = 5 }
  }
  expect_failures = [var.node]
}
