variable "name" {
  type        = string
  description = "Name of the cluster and prefix of all that belongs to it."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "name: expected 2 to 31 characters of a-z, 0-9 and -, a letter first."
  }
}

variable "account_id" {
  type        = string
  description = "Account that all of it belongs to."
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id: expected 12 digits."
  }
}

variable "region" {
  type        = string
  description = "Region of the cluster."
}

variable "kubernetes_version" {
  type        = string
  description = "Version of Kubernetes, such as 1.33."
  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version: expected a version such as 1.33."
  }
}

variable "subnet_ids" {
  type        = list(string)
  description = "Private subnets of nodes and of the control plane's interfaces."
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: expected two or more, in different zones."
  }
}

variable "admins" {
  type        = list(string)
  default     = []
  description = "ARNs of roles that may do everything in the cluster."
}

variable "deployers" {
  type        = map(object({ role_arn = string, namespaces = list(string) }))
  default     = {}
  description = "Roles that deploy, by a name, with the namespaces in which they may do everything."
}

variable "node" {
  type = object({
    instance_types = list(string)
    min            = number
    desired        = number
    max            = number
    disk_gib       = number
  })
  default = {
    instance_types = ["m7i.large", "m6i.large"]
    min            = 3
    desired        = 3
    max            = 6
    disk_gib       = 50
  }
  description = "Nodes: types of instance in order of preference, how many, and the size of their disks."
  validation {
    condition     = var.node.min >= 1 && var.node.min <= var.node.desired && var.node.desired <= var.node.max
    error_message = "node: expected 1 <= min <= desired <= max."
  }
  validation {
    condition     = var.node.disk_gib >= 20
    error_message = "node: expected disk_gib of 20 or more."
  }
}

variable "log_retention_days" {
  type        = number
  default     = 90
  description = "Days that the control plane's logs are kept."
  validation {
    condition     = contains([30, 60, 90, 180, 365, 400], var.log_retention_days)
    error_message = "log_retention_days: expected 30, 60, 90, 180, 365 or 400."
  }
}

variable "permissions_boundary_arn" {
  type        = string
  description = "Boundary of every role that is made here."
}
