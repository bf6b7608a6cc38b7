# The most that any role of this product may ever do, whoever made it. Neither identities nor the organisation are among it, and no role
# may be passed on, so that a role cannot make itself or another one mightier, nor work by one that is.
locals {
  # By name, so that a plan shows the policies that speak of them.
  boundary      = "arn:aws:iam::${var.account_id}:policy/${var.name}-boundary"
  reads_secrets = "arn:aws:iam::${var.account_id}:role/${var.name}-external-secrets"
  backs_up      = "arn:aws:iam::${var.account_id}:role/${var.name}-backup"

  secret_values = ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter*"]
  # What a disaster is recovered from, and what would lay it open.
  removals = [
    "backup:DeleteBackupVault", "backup:DeleteBackupVaultLockConfiguration", "backup:DeleteRecoveryPoint", "backup:DisassociateRecoveryPoint",
    "backup:PutBackupVaultAccessPolicy", "backup:PutBackupVaultLockConfiguration", "backup:UpdateRecoveryPointLifecycle",
    "ec2:ModifySnapshotAttribute", "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
    # With an instance its automated backups can be deleted.
    "rds:DeleteDBInstance", "rds:DeleteDBInstanceAutomatedBackup", "rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute",
    "s3:DeleteBucket", "s3:DeleteObjectVersion", "s3:PutBucketPolicy", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration",
  ]
}

data "aws_iam_policy_document" "boundary" {
  statement {
    sid = "Services"
    actions = [
      "acm:*", "autoscaling:*", "backup:*", "backup-storage:*", "cloudwatch:*", "ec2:*", "ecr:*", "eks:*", "eks-auth:*",
      "elasticloadbalancing:*", "events:*", "kms:*", "logs:*", "rds:*", "secretsmanager:*", "sns:*", "ssm:*", "ssmmessages:*",
      "ec2messages:*", "sts:AssumeRole", "sts:TagSession", "tag:GetResources", "xray:Put*", "xray:Get*",
    ]
    resources = ["*"]
  }
  statement {
    sid       = "ReadIdentities"
    actions   = ["iam:Get*", "iam:List*"]
    resources = ["*"]
  }
  statement {
    sid       = "ServiceLinkedRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/aws-service-role/*"]
  }
  statement {
    sid       = "SecretsForOneRole"
    effect    = "Deny"
    actions   = local.secret_values
    resources = ["*"]
    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [local.reads_secrets]
    }
  }
  # AWS Backup takes away by its role what has been kept for long enough, and not more: the vault is locked.
  statement {
    sid       = "NotWhatIsRestoredFrom"
    effect    = "Deny"
    actions   = local.removals
    resources = ["*"]
    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [local.backs_up]
    }
  }
  statement {
    sid       = "NotTheTrail"
    effect    = "Deny"
    actions   = ["cloudtrail:*", "organizations:*", "account:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "boundary" {
  name        = "${var.name}-boundary"
  description = "The most that a role of ${var.name} may do"
  policy      = data.aws_iam_policy_document.boundary.json
}
