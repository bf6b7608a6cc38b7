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

# Windows of the module data: the database's own backup from 02:00 to 03:00, maintenance on Sundays from 03:30 to 04:30.
run "begins_no_backup_while_the_database_cannot" {
  assert {
    condition     = alltrue([for rule in aws_backup_plan.this.rule : tonumber(split(" ", trimprefix(rule.schedule, "cron("))[1]) >= 5 && tonumber(split(" ", trimprefix(rule.schedule, "cron("))[1]) + rule.start_window / 60 <= 24])
    error_message = "expected each to begin after the windows of the database, and before those of the next day"
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
    condition = { for name, rule in aws_cloudwatch_event_rule.failure : name => jsondecode(rule.event_pattern) } == {
      backups  = { source = ["aws.backup"], detail-type = ["Backup Job State Change", "Copy Job State Change"], detail = { state = ["FAILED", "EXPIRED", "ABORTED"] } }
      restores = { source = ["aws.backup"], detail-type = ["Restore Job State Change"], detail = { status = ["FAILED", "ABORTED"] } }
    }
    error_message = "expected events of backups, copies and restores that fail"
  }
  assert {
    condition     = alltrue([for target in aws_cloudwatch_event_target.failure : target.arn == aws_sns_topic.alarms.arn])
    error_message = "expected each of them to be told"
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
