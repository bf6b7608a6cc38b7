variable "name" {
  type        = string
  description = "Name of the vault and the plan; what has the tag Backup with this value is kept."
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

variable "days" {
  type        = object({ daily = number, monthly = number, least = number })
  default     = { daily = 35, monthly = 365, least = 7 }
  description = "Days that daily and monthly backups are kept, and that the vault keeps each of them whoever asks otherwise."
  validation {
    condition     = var.days.least >= 1 && var.days.least <= var.days.daily && var.days.daily < var.days.monthly
    error_message = "days: expected 1 <= least <= daily < monthly."
  }
}

variable "copy_vault_arn" {
  type        = string
  default     = null
  description = "Vault in another region or account that each backup is copied to; null for none."
}

variable "alarm_email" {
  type        = string
  description = "Who is told of backups and restores that fail."
  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.alarm_email))
    error_message = "alarm_email: expected an address."
  }
}

variable "subnet_group" {
  type        = string
  description = "Subnet group in which restores are tried."
}

variable "permissions_boundary_arn" {
  type        = string
  description = "Boundary of every role that is made here."
}
