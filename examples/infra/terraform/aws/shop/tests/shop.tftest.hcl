mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name         = "shop-test"
  account_id   = "111122223333"
  region       = "eu-central-1"
  zones        = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  state_bucket = "example-terraform-state"
  state_key    = "x0tta6bl4/test.tfstate"
  gitlab       = { url = "https://gitlab.example", project = "payments/shop", branch = "main" }
  admins       = ["arn:aws:iam::111122223333:role/Administrator"]
  alarm_email  = "operators@shop.example"
}

# One plan of all modules together: their own tests have the rest.
run "puts_the_modules_together" {
  command = plan
  assert {
    condition     = output.cluster_name == "shop-test"
    error_message = "expected the cluster to have the environment's name"
  }
}

run "refuses_zones_of_another_region" {
  command = plan
  variables {
    zones = ["us-east-1a", "us-east-1b", "us-east-1c"]
  }
  expect_failures = [var.zones]
}

run "refuses_a_cluster_that_nobody_gets_into" {
  command = plan
  variables {
    admins = []
  }
  expect_failures = [var.admins]
}

run "refuses_administrators_who_are_users" {
  command = plan
  variables {
    admins = ["arn:aws:iam::111122223333:user/somebody"]
  }
  expect_failures = [var.admins]
}

run "refuses_an_account_that_is_none" {
  command = plan
  variables {
    account_id = "1234"
  }
  expect_failures = [var.account_id]
}
