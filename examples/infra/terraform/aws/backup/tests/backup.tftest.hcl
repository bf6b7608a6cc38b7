mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                     = "shop-test"
  account_id               = "111122223333"
  alarm_email              = "operators@shop.example"
  subnet_group             = "shop-test"
  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
}

run "keeps_daily_and_monthly_backups" {
  assert {
    condition     = { for rule in aws_backup_plan.this.rule : rule.rule_name => rule.lifecycle[0].delete_after } == { daily = 35, monthly = 365 }
    error_message = "expected 35 days and a year"
  }
  assert {
    condition     = aws_backup_vault_lock_configuration.this.min_retention_days == 7
    error_message = "expected that each is kept for a week at least"
  }
}

run "tries_to_restore_every_week" {
  assert {
    condition     = aws_backup_restore_testing_plan.this.name == "shop_test" && aws_backup_restore_testing_selection.this.protected_resource_type == "RDS"
    error_message = "expected restores of the database"
  }
}

run "tells_of_failures" {
  assert {
    condition     = contains(aws_backup_vault_notifications.this.backup_vault_events, "BACKUP_JOB_FAILED") && contains(aws_backup_vault_notifications.this.backup_vault_events, "RESTORE_JOB_FAILED")
    error_message = "expected notices of backups and restores that fail"
  }
}

run "copies_elsewhere_where_it_is_told" {
  variables {
    copy_vault_arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies"
  }
  assert {
    condition     = alltrue([for rule in aws_backup_plan.this.rule : length(rule.copy_action) == 1])
    error_message = "expected a copy of each"
  }
}

run "refuses_to_keep_daily_ones_longer_than_monthly_ones" {
  command = plan
  variables {
    days = { daily = 400, monthly = 365, least = 7 }
  }
  expect_failures = [var.days]
}

run "refuses_an_address_that_is_none" {
  command = plan
  variables {
    alarm_email = "operators"
  }
  expect_failures = [var.alarm_email]
}
