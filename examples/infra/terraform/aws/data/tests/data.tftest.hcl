mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                     = "shop-test"
  account_id               = "111122223333"
  subnet_ids               = ["subnet-1", "subnet-2"]
  security_group_id        = "sg-1"
  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
}

run "stands_by_and_can_be_restored" {
  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.backup_retention_period == 35
    error_message = "expected a second zone and 35 days of backups"
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && !aws_db_instance.this.delete_automated_backups
    error_message = "expected that it cannot be deleted, and that backups outlive it"
  }
}

run "is_encrypted_and_private" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted && !aws_db_instance.this.publicly_accessible && aws_db_instance.this.manage_master_user_password
    error_message = "expected encrypted storage, no public address, and a password that nobody here knows"
  }
  assert {
    condition     = anytrue([for parameter in aws_db_parameter_group.this.parameter : parameter.name == "rds.force_ssl" && parameter.value == "1"])
    error_message = "expected TLS to be forced"
  }
}

run "can_be_thrown_away_where_it_is_told" {
  variables {
    protected = false
  }
  assert {
    condition     = !aws_db_instance.this.deletion_protection && aws_db_instance.this.skip_final_snapshot
    error_message = "expected no protection"
  }
}

run "refuses_an_old_postgresql" {
  command = plan
  variables {
    engine_version = "12"
  }
  expect_failures = [var.engine_version]
}

run "refuses_a_day_of_backups" {
  command = plan
  variables {
    backup_retention_days = 1
  }
  expect_failures = [var.backup_retention_days]
}

run "refuses_storage_that_cannot_grow" {
  command = plan
  variables {
    storage_gib = { first = 50, most = 50 }
  }
  expect_failures = [var.storage_gib]
}

run "refuses_one_subnet" {
  command = plan
  variables {
    subnet_ids = ["subnet-1"]
  }
  expect_failures = [var.subnet_ids]
}
