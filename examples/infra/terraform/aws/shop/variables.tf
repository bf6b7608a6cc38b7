# What of these is wrong is told by the modules that they go to.

variable "name" {
  type        = string
  description = "Name of the environment and prefix of all that is in it."
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
  description = "Region of all of it."
}

variable "zones" {
  type        = list(string)
  description = "Three availability zones of the region."
  validation {
    condition     = alltrue([for zone in var.zones : startswith(zone, var.region)])
    error_message = "zones: expected zones of ${var.region}."
  }
}

variable "state_bucket" {
  type        = string
  description = "Bucket of Terraform's state."
}

variable "state_key" {
  type        = string
  description = "Key of this environment's state, the same as in its backend."
}

variable "gitlab" {
  type        = object({ url = string, project = string, branch = string })
  description = "GitLab whose jobs plan, apply and deploy."
}

variable "admins" {
  type        = list(string)
  description = "ARNs of the roles of those who administer the cluster."
  validation {
    condition     = length(var.admins) > 0 && alltrue([for arn in var.admins : can(regex("^arn:aws:iam::[0-9]{12}:role/", arn))])
    error_message = "admins: expected ARNs of roles, one at least: nobody else gets into the cluster."
  }
}

variable "alarm_email" {
  type        = string
  description = "Who is told of backups and restores that fail."
}

variable "kubernetes_version" {
  type        = string
  default     = "1.33"
  description = "Version of Kubernetes."
}

variable "nat" {
  type        = string
  default     = "per_zone"
  description = "NAT gateways: none, one, or one per_zone."
}

variable "node" {
  type = object({ instance_types = list(string), min = number, desired = number, max = number, disk_gib = number })
  default = {
    instance_types = ["m7i.large", "m6i.large"]
    min            = 3
    desired        = 3
    max            = 6
    disk_gib       = 50
  }
  description = "Nodes: types of instance in order of preference, how many, and the size of their disks."
}

variable "database" {
  type = object({
    instance_class        = string
    storage_gib           = object({ first = number, most = number })
    multi_az              = bool
    backup_retention_days = number
    protected             = bool
  })
  default = {
    instance_class        = "db.m7g.large"
    storage_gib           = { first = 50, most = 500 }
    multi_az              = true
    backup_retention_days = 35
    protected             = true
  }
  description = "The database: see the module data."
}

variable "backup_days" {
  type        = object({ daily = number, monthly = number, least = number })
  default     = { daily = 35, monthly = 365, least = 7 }
  description = "Days that backups are kept: see the module backup."
}

variable "copy_vault_arn" {
  type        = string
  default     = null
  description = "Vault in another region or account that each backup is copied to; null for none."
}
