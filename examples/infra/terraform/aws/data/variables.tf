variable "name" {
  type        = string
  description = "Name of the database's instance and prefix of all that belongs to it."
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

variable "subnet_ids" {
  type        = list(string)
  description = "Subnets without a way out, in two zones or more."
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: expected two or more, in different zones."
  }
}

variable "security_group_id" {
  type        = string
  description = "Security group of the database."
}

variable "engine_version" {
  type        = string
  default     = "17"
  description = "Major version of PostgreSQL; minor ones are taken by themselves in the window of maintenance."
  validation {
    condition     = can(regex("^1[5-9]$", var.engine_version))
    error_message = "engine_version: expected a major version from 15 to 19."
  }
}

variable "instance_class" {
  type        = string
  default     = "db.m7g.large"
  description = "Class of the instance."
  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "instance_class: expected a class such as db.m7g.large."
  }
}

variable "storage_gib" {
  type        = object({ first = number, most = number })
  default     = { first = 50, most = 500 }
  description = "Storage at the beginning, and how far it grows by itself."
  validation {
    condition     = var.storage_gib.first >= 20 && var.storage_gib.most > var.storage_gib.first
    error_message = "storage_gib: expected first of 20 or more, and most above it."
  }
}

variable "multi_az" {
  type        = bool
  default     = true
  description = "Whether a second instance in another zone stands by."
}

variable "backup_retention_days" {
  type        = number
  default     = 35
  description = "Days back to which any moment can be restored."
  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "backup_retention_days: expected 7 to 35."
  }
}

variable "protected" {
  type        = bool
  default     = true
  description = "Whether it cannot be deleted, and leaves a last snapshot where that is allowed first."
}

variable "permissions_boundary_arn" {
  type        = string
  description = "Boundary of every role that is made here."
}
