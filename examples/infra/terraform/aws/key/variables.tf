variable "name" {
  type        = string
  description = "Name of the alias, without alias/."
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9/-]{1,62}$", var.name))
    error_message = "name: expected 2 to 63 characters of a-z, 0-9, / and -."
  }
}

variable "description" {
  type        = string
  description = "What the key is for."
}

variable "account_id" {
  type        = string
  description = "Account that the key belongs to."
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id: expected 12 digits."
  }
}

variable "services" {
  type        = list(string)
  default     = []
  description = "Services that may use it on behalf of the account, such as backup.amazonaws.com."
}

variable "publishers" {
  type        = list(string)
  default     = []
  description = "Services that publish to an encrypted topic and do not say for whose account, such as events.amazonaws.com."
}

variable "logs_region" {
  type        = string
  default     = null
  description = "Region whose CloudWatch Logs may use it; null for none."
}
