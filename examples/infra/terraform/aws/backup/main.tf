# Backups that stay even if the account's administrators are not themselves, and that are restored every week to see that they can be.

module "key" {
  source      = "../key"
  name        = "${var.name}/backup"
  description = "Backups of ${var.name}, and the notices of their failures"
  account_id  = var.account_id
  services    = ["backup.amazonaws.com"]
  publishers  = ["events.amazonaws.com"]
}

resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = module.key.arn
}

# In governance mode: who may do so can take it off, and that is seen in the trail.
resource "aws_backup_vault_lock_configuration" "this" {
  backup_vault_name  = aws_backup_vault.this.name
  min_retention_days = var.days.least
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-backup"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.key}"
}

locals {
  # Behind the database's own backup and maintenance, during which none can begin: see the module data.
  rules = {
    daily   = { schedule = "cron(0 6 * * ? *)", days = var.days.daily }
    monthly = { schedule = "cron(0 12 1 * ? *)", days = var.days.monthly }
  }
}

resource "aws_backup_plan" "this" {
  name = var.name

  dynamic "rule" {
    for_each = local.rules
    content {
      rule_name         = rule.key
      target_vault_name = aws_backup_vault.this.name
      schedule          = rule.value.schedule
      start_window      = 60
      completion_window = 240

      lifecycle {
        delete_after = rule.value.days
      }

      dynamic "copy_action" {
        for_each = var.copy_vault_arn == null ? [] : [var.copy_vault_arn]
        content {
          destination_vault_arn = copy_action.value
          lifecycle {
            delete_after = rule.value.days
          }
        }
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = var.name
  }
}

# Names of these may not have a hyphen.
resource "aws_backup_restore_testing_plan" "this" {
  name                         = replace(var.name, "-", "_")
  schedule_expression          = "cron(0 16 ? * SUN *)"
  schedule_expression_timezone = "Etc/UTC"
  start_window_hours           = 2

  recovery_point_selection {
    algorithm             = "LATEST_WITHIN_WINDOW"
    include_vaults        = [aws_backup_vault.this.arn]
    recovery_point_types  = ["SNAPSHOT"]
    selection_window_days = 7
  }
}

resource "aws_backup_restore_testing_selection" "this" {
  name                      = "database"
  restore_testing_plan_name = aws_backup_restore_testing_plan.this.name
  protected_resource_type   = "RDS"
  protected_resource_arns   = ["*"]
  iam_role_arn              = aws_iam_role.this.arn
  validation_window_hours   = 4

  restore_metadata_overrides = {
    dbSubnetGroupName = var.subnet_group
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-backup-alarms"
  kms_master_key_id = module.key.arn
}

# The vault's own notices of failures are deprecated; events are not. Those of restores have another field than the others.
locals {
  failures = {
    backups  = { of = ["Backup Job State Change", "Copy Job State Change"], detail = { state = ["FAILED", "EXPIRED", "ABORTED"] } }
    restores = { of = ["Restore Job State Change"], detail = { status = ["FAILED", "ABORTED"] } }
  }
}

resource "aws_cloudwatch_event_rule" "failure" {
  for_each      = local.failures
  name          = "${var.name}-failed-${each.key}"
  description   = "AWS Backup of this account: ${each.key} that fail"
  event_pattern = jsonencode({ source = ["aws.backup"], detail-type = each.value.of, detail = each.value.detail })
}

resource "aws_cloudwatch_event_target" "failure" {
  for_each = local.failures
  rule     = aws_cloudwatch_event_rule.failure[each.key].name
  arn      = aws_sns_topic.alarms.arn
}

data "aws_iam_policy_document" "alarms" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [for rule in aws_cloudwatch_event_rule.failure : rule.arn]
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}
