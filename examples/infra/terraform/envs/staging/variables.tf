variable "account_id" {
  type        = string
  description = "Account that all of it belongs to; in any other nothing is touched."
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
}

variable "state_bucket" {
  type        = string
  description = "Bucket of Terraform's state."
}

variable "gitlab" {
  type        = object({ url = string, project = string, branch = string })
  description = "GitLab whose jobs plan and apply."
}

variable "admins" {
  type        = list(string)
  description = "ARNs of the roles of those who administer the cluster."
  validation {
    condition     = alltrue([for arn in var.admins : can(regex("^arn:aws:iam::[0-9]{12}:role/", arn))])
    error_message = "admins: expected ARNs of roles."
  }
}

variable "alarm_email" {
  type        = string
  description = "Who is told of backups and restores that fail."
}
