variable "name" {
  type        = string
  description = "Name of the network and prefix of all that is in it."
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
  description = "Region that the zones are of."
}

variable "zones" {
  type        = list(string)
  description = "Three availability zones of the region."
  validation {
    condition     = length(var.zones) == 3 && length(distinct(var.zones)) == 3
    error_message = "zones: expected three different availability zones."
  }
}

variable "cidr" {
  type        = string
  default     = "10.0.0.0/16"
  description = "Addresses of the network, a /16: public subnets in its first /20, databases from the fourth, nodes from the second /18 on."
  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "cidr: expected a /16, such as 10.0.0.0/16."
  }
}

variable "nat" {
  type        = string
  default     = "per_zone"
  description = "NAT gateways: one for each zone, one for all (cheaper, and gone with its zone), or none."
  validation {
    condition     = contains(["none", "one", "per_zone"], var.nat)
    error_message = "nat: expected none, one or per_zone."
  }
}

variable "log_retention_days" {
  type        = number
  default     = 90
  description = "Days that flow logs are kept."
  validation {
    condition     = contains([30, 60, 90, 180, 365, 400], var.log_retention_days)
    error_message = "log_retention_days: expected 30, 60, 90, 180, 365 or 400."
  }
}

variable "permissions_boundary_arn" {
  type        = string
  description = "Boundary of every role that is made here."
}
