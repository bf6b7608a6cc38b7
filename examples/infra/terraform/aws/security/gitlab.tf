# How the pipeline comes into an environment: by tokens of GitLab's that last for a job, never by a key that is kept. Plans read; only jobs of
# the protected branch may take the roles that write, to AWS or to the cluster. The account's module makes GitLab known.

locals {
  issuer = trimprefix(var.gitlab.url, "https://")
  # Not asked of the resource, so that a plan shows the whole of who is trusted.
  provider = "arn:aws:iam::${var.account_id}:oidc-provider/${local.issuer}"
  # Protected branches are pushed to by maintainers only; and the job that applies waits for one of them.
  protected = { sub = "project_path:${var.gitlab.project}:ref_type:branch:ref:${var.gitlab.branch}", test = "StringEquals" }
  roles = {
    # Any branch or merge request of the project may plan.
    plan   = { sub = "project_path:${var.gitlab.project}:ref_type:*:ref:*", test = "StringLike" }
    apply  = local.protected
    deploy = local.protected
  }
  bucket = "arn:aws:s3:::${var.state_bucket}"
  state  = "${local.bucket}/${var.state_key}"
  # The lock is a file beside the state.
  lock = "${local.state}.tflock"
  # Roles that the pipeline may not become: its own, and the one that reads the shop's secrets.
  doors = ["arn:aws:iam::${var.account_id}:role/${var.name}-gitlab-*", local.reads_secrets]
  # Nor may it change them, or the one that is allowed to take away backups.
  kept = concat(local.doors, [local.backs_up])
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

# The state of this environment, for those who plan and those who apply.
data "aws_iam_policy_document" "state" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket]
  }
  statement {
    sid       = "ReadState"
    actions   = ["s3:GetObject"]
    resources = [local.state, local.lock]
  }
  statement {
    sid       = "Lock"
    actions   = ["s3:PutObject", "s3:DeleteObject"]
    resources = [local.lock]
  }
  statement {
    sid       = "DecryptState"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:aws:kms:*:${var.account_id}:key/*"]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }
  }
}

# What the provider asks of each resource that is in the code, and not what is kept in them: AWS' own ReadOnlyAccess reads every object
# and every log of the account.
data "aws_iam_policy_document" "plan" {
  source_policy_documents = [data.aws_iam_policy_document.state.json]
  statement {
    sid = "Resources"
    actions = [
      "backup:Describe*", "backup:Get*", "backup:List*", "ec2:Describe*", "eks:Describe*", "eks:List*", "events:Describe*", "events:List*",
      "iam:GetPolicy*", "iam:GetRole*", "iam:ListAttachedRolePolicies", "iam:ListPolicy*", "iam:ListRole*", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:List*", "logs:Describe*", "logs:List*",
      "rds:Describe*", "rds:List*", "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "sns:Get*", "sns:List*",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "plan" {
  name   = "plan"
  role   = aws_iam_role.plan.id
  policy = data.aws_iam_policy_document.plan.json
}

data "aws_iam_policy_document" "apply" {
  source_policy_documents = [data.aws_iam_policy_document.state.json]
  # Whole services, since Terraform makes, changes and takes away whatever a plan says; what this role could do to become more is below.
  statement {
    sid = "Services"
    actions = [
      "autoscaling:*", "backup:*", "backup-storage:*", "ec2:*", "eks:*", "elasticloadbalancing:*", "events:*", "kms:*", "logs:*", "rds:*",
      "secretsmanager:*", "sns:*", "tag:GetResources",
    ]
    resources = ["*"]
  }
  statement {
    sid       = "WriteState"
    actions   = ["s3:PutObject"]
    resources = [local.state]
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
      values   = [local.boundary]
    }
  }
  statement {
    sid       = "KeepRoles"
    actions   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy"]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-*"]
  }
  # To the services that work by them, so that no role comes to a machine or a function of somebody's own.
  statement {
    sid       = "GiveRolesToServices"
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/${var.name}-*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values = [
        "backup.amazonaws.com", "ec2.amazonaws.com", "eks.amazonaws.com", "monitoring.rds.amazonaws.com", "pods.eks.amazonaws.com",
        "rds.amazonaws.com", "vpc-flow-logs.amazonaws.com",
      ]
    }
  }
  statement {
    sid       = "ServiceLinkedRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/aws-service-role/*"]
  }
  statement {
    sid    = "NotTheRolesThatAreKept"
    effect = "Deny"
    actions = [
      "iam:AttachRolePolicy", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole",
    ]
    resources = local.kept
  }
  # AWS Backup is given its role again with each change of what it backs up.
  statement {
    sid       = "NotByTheDoors"
    effect    = "Deny"
    actions   = ["iam:PassRole"]
    resources = local.doors
  }
  statement {
    sid    = "NotTheBoundaryNorGitLab"
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
    actions   = concat(local.secret_values, ["secretsmanager:PutResourcePolicy"])
    resources = ["*"]
  }
  statement {
    sid       = "NotWhatIsRestoredFrom"
    effect    = "Deny"
    actions   = local.removals
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

# Who a job is in the cluster; what it may do there is said by the cluster's access entry.
data "aws_iam_policy_document" "deploy" {
  statement {
    sid       = "FindTheCluster"
    actions   = ["eks:DescribeCluster"]
    resources = ["arn:aws:eks:${var.region}:${var.account_id}:cluster/${var.cluster_name}"]
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "${var.name}-gitlab-deploy"
  assume_role_policy   = data.aws_iam_policy_document.gitlab_trust["deploy"].json
  max_session_duration = 7200
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.deploy.id
  policy = data.aws_iam_policy_document.deploy.json
}
