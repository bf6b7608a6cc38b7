# A KMS key that rotates, with an alias, for those services of one account and region that are named.

data "aws_iam_policy_document" "key" {
  # Without this nobody could ever change the key again; what the account's roles may do is then said by their own policies.
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:root"]
    }
  }

  dynamic "statement" {
    for_each = length(var.services) > 0 ? [1] : []
    content {
      sid       = "Services"
      actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = var.services
      }
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [var.account_id]
      }
    }
  }

  # A condition on the account would refuse them. Who may publish is said by the topic's own policy.
  dynamic "statement" {
    for_each = length(var.publishers) > 0 ? [1] : []
    content {
      sid       = "Publishers"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = var.publishers
      }
    }
  }

  # CloudWatch Logs does not send aws:SourceAccount; it names the log group instead.
  dynamic "statement" {
    for_each = var.logs_region == null ? [] : [var.logs_region]
    content {
      sid       = "Logs"
      actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = ["logs.${statement.value}.amazonaws.com"]
      }
      condition {
        test     = "ArnLike"
        variable = "kms:EncryptionContext:aws:logs:arn"
        values   = ["arn:aws:logs:${statement.value}:${var.account_id}:log-group:*"]
      }
    }
  }
}

resource "aws_kms_key" "this" {
  description             = var.description
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}
