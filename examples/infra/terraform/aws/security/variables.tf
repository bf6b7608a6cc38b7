variable "name" {
  type        = string
  description = "Prefix of all that is made, the same as the cluster's name."
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

variable "vpc_id" {
  type        = string
  description = "The network."
}

variable "cluster_name" {
  type        = string
  description = "Cluster whose workloads get roles."
}

variable "cluster_security_group_id" {
  type        = string
  description = "Security group of the nodes and pods, the only one that reaches the database."
}

variable "state_bucket" {
  type        = string
  description = "Bucket of Terraform's state, which the pipeline's roles need."
}

variable "state_key" {
  type        = string
  description = "Key of this environment's state in the bucket: the only object that its roles reach, with the lock beside it."
  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_./-]*$", var.state_key))
    error_message = "state_key: expected a key such as x0tta6bl4/production.tfstate, without wildcards."
  }
}

variable "gitlab" {
  type = object({
    url     = string
    project = string
    branch  = string
  })
  description = "GitLab whose jobs may take the pipeline's roles: its address, the project's path, and the protected branch that deploys."
  validation {
    condition     = can(regex("^https://[a-z0-9.-]+$", var.gitlab.url))
    error_message = "gitlab.url: expected https:// and a host, without a path."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$", var.gitlab.project)) && can(regex("^[A-Za-z0-9_./-]+$", var.gitlab.branch))
    error_message = "gitlab: expected a project such as group/project and a branch, without wildcards."
  }
}
