# What workloads may ask of AWS, each by a role of its own. The shop asks nothing: its secrets come to it as files, by way of the
# External Secrets operator, so it has no role.

module "secrets_key" {
  source      = "../key"
  name        = "${var.name}/secrets"
  description = "Secrets of ${var.name}"
  account_id  = var.account_id
}

# Its value is put there by hand, and never known to Terraform.
resource "aws_secretsmanager_secret" "shop" {
  name                    = "x0tta6bl4/${var.name}/shop"
  description             = "A JSON object with the settings of the shop that are secret"
  kms_key_id              = module.secrets_key.arn
  recovery_window_in_days = 30
}

data "aws_iam_policy_document" "pod_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "external_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [aws_secretsmanager_secret.shop.arn]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [module.secrets_key.arn]
  }
}

# Of the actions of the load balancer controller: reading is not bounded by resource in AWS, and writing is bounded to what carries
# the tag of this cluster.
data "aws_iam_policy_document" "load_balancer" {
  statement {
    sid = "Read"
    actions = [
      "acm:DescribeCertificate", "acm:ListCertificates", "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses",
      "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags",
      "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs", "ec2:GetSecurityGroupsForVpc", "elasticloadbalancing:Describe*",
    ]
    resources = ["*"]
  }
  statement {
    sid       = "Create"
    actions   = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup", "ec2:CreateSecurityGroup"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }
  statement {
    sid       = "CreateInNetwork"
    actions   = ["ec2:CreateSecurityGroup"]
    resources = ["arn:aws:ec2:${var.region}:${var.account_id}:vpc/${var.vpc_id}"]
  }
  # Only with what makes them: whoever may put the cluster's tag on a thing that is there already may then change that thing.
  dynamic "statement" {
    for_each = {
      SecurityGroups = { tag = "ec2:CreateTags", by = "ec2:CreateAction", of = ["CreateSecurityGroup"] }
      LoadBalancers  = { tag = "elasticloadbalancing:AddTags", by = "elasticloadbalancing:CreateAction", of = ["CreateLoadBalancer", "CreateTargetGroup"] }
    }
    content {
      sid       = "TagNew${statement.key}"
      actions   = [statement.value.tag]
      resources = ["*"]
      condition {
        test     = "StringEquals"
        variable = statement.value.by
        values   = statement.value.of
      }
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/elbv2.k8s.aws/cluster"
        values   = [var.cluster_name]
      }
    }
  }
  statement {
    sid = "ChangeItsOwn"
    actions = [
      "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags", "ec2:DeleteSecurityGroup", "ec2:DeleteTags", "ec2:RevokeSecurityGroupIngress",
      "elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes", "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets",
    ]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }
  # Pods are in the cluster's own group, which has no such tag: there the load balancer is let in.
  statement {
    sid       = "LetInToPods"
    actions   = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]
    resources = [for kind, id in { security-group = var.cluster_security_group_id, security-group-rule = "*" } : "arn:aws:ec2:${var.region}:${var.account_id}:${kind}/${id}"]
  }
  # The first load balancer of an account makes it.
  statement {
    sid       = "RoleOfTheService"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:aws:iam::${var.account_id}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"]
    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["elasticloadbalancing.amazonaws.com"]
    }
  }
  # Listeners and rules have no tag of the cluster when they are made.
  statement {
    sid = "Listeners"
    actions = [
      "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule",
      "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes", "elasticloadbalancing:ModifyRule", "elasticloadbalancing:RemoveListenerCertificates",
      "elasticloadbalancing:SetRulePriorities",
    ]
    resources = [
      "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:listener*/app/*",
      "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/app/*",
    ]
  }
  statement {
    sid       = "TagListeners"
    actions   = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]
    resources = ["arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:listener*/app/*"]
  }
}

# Before Argo Rollouts takes pods away it asks whether the load balancer has the others.
data "aws_iam_policy_document" "rollouts" {
  statement {
    actions   = ["elasticloadbalancing:Describe*"]
    resources = ["*"]
  }
}

locals {
  workloads = {
    external-secrets = {
      namespace       = "external-secrets"
      service_account = "external-secrets"
      policy          = data.aws_iam_policy_document.external_secrets.json
    }
    load-balancer = {
      namespace       = "kube-system"
      service_account = "aws-load-balancer-controller"
      policy          = data.aws_iam_policy_document.load_balancer.json
    }
    rollouts = {
      namespace       = "argo-rollouts"
      service_account = "argo-rollouts"
      policy          = data.aws_iam_policy_document.rollouts.json
    }
  }
}

resource "aws_iam_role" "workload" {
  for_each             = local.workloads
  name                 = "${var.name}-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.pod_trust.json
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_role_policy" "workload" {
  for_each = local.workloads
  name     = "workload"
  role     = aws_iam_role.workload[each.key].id
  policy   = each.value.policy
}

resource "aws_eks_pod_identity_association" "workload" {
  for_each        = local.workloads
  cluster_name    = var.cluster_name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.workload[each.key].arn
}
