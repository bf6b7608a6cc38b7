mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                     = "shop-test"
  account_id               = "111122223333"
  region                   = "eu-central-1"
  zones                    = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
}

run "spreads_over_three_zones" {
  assert {
    condition     = length(aws_subnet.public) == 3 && length(aws_subnet.private) == 3 && length(aws_subnet.database) == 3
    error_message = "expected three subnets of each kind"
  }
  assert {
    condition = length(distinct(concat(
      [for subnet in aws_subnet.public : subnet.cidr_block], [for subnet in aws_subnet.private : subnet.cidr_block],
      [for subnet in aws_subnet.database : subnet.cidr_block],
    ))) == 9
    error_message = "expected nine ranges of addresses"
  }
  # The chart's network policies have these.
  assert {
    condition     = aws_subnet.database["eu-central-1a"].cidr_block == "10.0.48.0/22" && aws_subnet.public["eu-central-1c"].cidr_block == "10.0.8.0/22"
    error_message = "expected the ranges that the chart's values name"
  }
  assert {
    condition     = !anytrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch])
    error_message = "expected no subnet that gives public addresses by itself"
  }
}

run "has_a_nat_gateway_for_each_zone" {
  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "expected three, not ${length(aws_nat_gateway.this)}"
  }
}

run "has_one_for_all_where_it_is_told" {
  variables {
    nat = "one"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.nat) == 3
    error_message = "expected one gateway and a route to it from every zone"
  }
}

run "has_none_where_it_is_told" {
  variables {
    nat = "none"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.nat) == 0
    error_message = "expected neither a gateway nor a route"
  }
}

run "logs_every_flow" {
  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.retention_in_days == 90
    error_message = "expected all flows, for 90 days"
  }
}

run "refuses_two_zones" {
  command = plan
  variables {
    zones = ["eu-central-1a", "eu-central-1b"]
  }
  expect_failures = [var.zones]
}

run "refuses_one_zone_thrice" {
  command = plan
  variables {
    zones = ["eu-central-1a", "eu-central-1a", "eu-central-1a"]
  }
  expect_failures = [var.zones]
}

run "refuses_a_small_network" {
  command = plan
  variables {
    cidr = "10.0.0.0/20"
  }
  expect_failures = [var.cidr]
}

run "refuses_another_nat" {
  command = plan
  variables {
    nat = "two"
  }
  expect_failures = [var.nat]
}

run "refuses_logs_for_a_day" {
  command = plan
  variables {
    log_retention_days = 1
  }
  expect_failures = [var.log_retention_days]
}
