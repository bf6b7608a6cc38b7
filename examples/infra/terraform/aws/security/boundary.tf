# The most that any role of this product may ever do, whoever made it. Neither identities nor the organisation are among it, so that a
# role cannot make itself or another one mightier.
data "aws_iam_policy_document" "boundary" {
  statement {
    sid = "Services"
    actions = [
      "acm:*", "autoscaling:*", "backup:*", "backup-storage:*", "cloudwatch:*", "ec2:*", "ecr:*", "eks:*", "eks-auth:*",
      "elasticloadbalancing:*", "kms:*", "logs:*", "rds:*", "s3:*", "secretsmanager:*", "sns:*", "ssm:*", "ssmmessages:*",
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
    sid       = "UseRolesOfItsOwn"
    actions   = ["iam:PassRole", "iam:CreateServiceLinkedRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-*", "arn:aws:iam::${var.account_id}:role/aws-service-role/*"]
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
