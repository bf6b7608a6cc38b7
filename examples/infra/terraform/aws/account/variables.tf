variable "bucket" {
  type        = string
  description = "Name of the bucket, one in all the world."
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket: expected 3 to 63 characters of a-z, 0-9 and -."
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

variable "gitlab_url" {
  type        = string
  description = "GitLab whose jobs may take the pipeline's roles."
  validation {
    condition     = can(regex("^https://[a-z0-9.-]+$", var.gitlab_url))
    error_message = "gitlab_url: expected https:// and a host, without a path."
  }
}
