mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name        = "shop/test"
  description = "A key of the tests"
  account_id  = "111122223333"
}

run "rotates_and_is_not_gone_at_once" {
  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "expected a key that rotates and can be kept for 30 days after its deletion"
  }
  assert {
    condition     = aws_kms_alias.this.name == "alias/shop/test"
    error_message = "expected the alias alias/shop/test, not ${aws_kms_alias.this.name}"
  }
}

run "refuses_a_name_with_capitals" {
  command = plan
  variables {
    name = "Shop"
  }
  expect_failures = [var.name]
}

run "refuses_an_account_that_is_none" {
  command = plan
  variables {
    account_id = "1234"
  }
  expect_failures = [var.account_id]
}
