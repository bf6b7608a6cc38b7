# Add-ons, each with a role of its own by pod identity where it asks AWS for anything.

locals {
  roles = {
    network = { service_account = "aws-node", namespace = "kube-system", policy = "AmazonEKS_CNI_Policy" }
    disks   = { service_account = "ebs-csi-controller-sa", namespace = "kube-system", policy = "service-role/AmazonEBSCSIDriverPolicy" }
    logs    = { service_account = "cloudwatch-agent", namespace = "amazon-cloudwatch", policy = "CloudWatchAgentServerPolicy" }
  }
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

resource "aws_iam_role" "addon" {
  for_each             = local.roles
  name                 = "${var.name}-addon-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.pod_trust.json
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each   = local.roles
  role       = aws_iam_role.addon[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value.policy}"
}

# Nodes are not ready without these, so they are there first.
resource "aws_eks_addon" "network" {
  for_each = {
    eks-pod-identity-agent = null
    kube-proxy             = null
    # Policies are enforced by it: the chart's lists are worth nothing without.
    vpc-cni = jsonencode({ enableNetworkPolicy = "true" })
  }
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = each.key == "vpc-cni" ? [local.roles.network.service_account] : []
    content {
      role_arn        = aws_iam_role.addon["network"].arn
      service_account = pod_identity_association.value
    }
  }
}

resource "aws_eks_addon" "workload" {
  for_each = {
    coredns            = null
    metrics-server     = null
    aws-ebs-csi-driver = "disks"
    # Sends what containers write, which is where the shop's JSON lines go: /aws/containerinsights/<cluster>/application.
    amazon-cloudwatch-observability = "logs"
  }
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = each.value == null ? [] : [each.value]
    content {
      role_arn        = aws_iam_role.addon[pod_identity_association.value].arn
      service_account = local.roles[pod_identity_association.value].service_account
    }
  }

  depends_on = [aws_eks_node_group.this]
}

# The add-on would make it without an end and without a key.
resource "aws_cloudwatch_log_group" "application" {
  name              = "/aws/containerinsights/${var.name}/application"
  retention_in_days = var.log_retention_days
  kms_key_id        = module.key.arn
}
