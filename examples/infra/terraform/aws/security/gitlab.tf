# How the pipeline comes into the account: by tokens of GitLab's that last for a job, never by a key that is kept. Plans read; only jobs of
# the protected branch may take the role that writes.

locals {
  issuer = trimprefix(var.gitlab.url, "https://")
  # Not asked of the resource, so that a plan shows the whole of who is trusted.
  provider = "arn:aws:iam::${var.account_id}:oidc-provider/${local.issuer}"
  roles = {
    # Any branch or merge request of the project may plan.
    plan = { sub = "project_path:${var.gitlab.project}:ref_type:*:ref:*", test = "StringLike" }
    # Protected branches are pushed to by maintainers only; and the job that applies waits for one of them.
    apply = { sub = "project_path:${var.gitlab.project}:ref_type:branch:ref:${var.gitlab.branch}", test = "StringEquals" }
  }
  state = "arn:aws:s3:::${var.state_bucket}"
}

resource "aws_iam_openid_connect_provider" "gitlab" {
  url            = var.gitlab.url
  client_id_list = [var.gitlab.url]
}

data "aws_iam_policy_document" "gitlab_trust" {
  for_each = local.roles
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [local.provider]
    }
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = [var.gitlab.url]
    }
    condition {
      test     = each.value.test
      variable = "${local.issuer}:sub"
      values   = [each.value.sub]
    }
  }
}

resource "aws_iam_role" "plan" {
  name                 = "${var.name}-gitlab-plan"
  assume_role_policy   = data.aws_iam_policy_document.gitlab_trust["plan"].json
  max_session_duration = 3600
}

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.plan.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

data "aws_iam_policy_document" "plan" {
  # The lock is a file beside the state.
  statement {
    sid       = "Lock"
    actions   = ["s3:PutObject", "s3:DeleteObject"]
    resources = ["${local.state}/*.tflock"]
  }
  statement {
    sid       = "State"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:aws:kms:*:${var.account_id}:key/*"]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }
  }
  # ReadOnlyAccess would read them.
  statement {
    sid       = "NoSecrets"
    effect    = "Deny"
    actions   = ["secretsmanager:GetSecretValue", "ssm:GetParameter*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "plan" {
  name   = "plan"
  role   = aws_iam_role.plan.id
  policy = data.aws_iam_policy_document.plan.json
}

data "aws_iam_policy_document" "apply" {
  # Whole services, since Terraform makes, changes and takes away whatever a plan says; what this role could do to become more is below.
  statement {
    sid = "Services"
    actions = [
      "autoscaling:*", "backup:*", "backup-storage:*", "ec2:*", "eks:*", "elasticloadbalancing:*", "kms:*", "logs:*", "rds:*",
      "s3:*", "secretsmanager:*", "sns:*", "tag:GetResources",
    ]
    resources = ["*"]
  }
  statement {
    sid       = "ReadIdentities"
    actions   = ["iam:Get*", "iam:List*"]
    resources = ["*"]
  }
  statement {
    sid       = "MakeRolesWithinTheBoundary"
    actions   = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy"]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary.arn]
    }
  }
  statement {
    sid       = "KeepRoles"
    actions   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy", "iam:PassRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-*"]
  }
  statement {
    sid       = "ServiceLinkedRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/aws-service-role/*"]
  }
  statement {
    sid    = "NotItself"
    effect = "Deny"
    actions = [
      "iam:AttachRolePolicy", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:PassRole",
    ]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-gitlab-*"]
  }
  statement {
    sid    = "NotTheBoundaryNorTheDoor"
    effect = "Deny"
    actions = [
      "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion",
      "iam:AddClientIDToOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider",
      "iam:UpdateOpenIDConnectProviderThumbprint", "iam:DeleteRolePermissionsBoundary",
    ]
    resources = ["*"]
  }
  statement {
    sid       = "NoSecrets"
    effect    = "Deny"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]
  }
}

# So far as it may: the denials above keep it from changing this very role, which an administrator applies.
resource "aws_iam_role" "apply" {
  name                 = "${var.name}-gitlab-apply"
  assume_role_policy   = data.aws_iam_policy_document.gitlab_trust["apply"].json
  max_session_duration = 7200
}

resource "aws_iam_role_policy" "apply" {
  name   = "apply"
  role   = aws_iam_role.apply.id
  policy = data.aws_iam_policy_document.apply.json
}
