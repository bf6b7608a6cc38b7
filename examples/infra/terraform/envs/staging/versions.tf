terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
  # Yours, as what is in main.tf. Written here and not given to init: what is misspelt here is refused.
  backend "s3" {
    bucket       = "example-terraform-state"
    region       = "eu-central-1"
    key          = "x0tta6bl4/staging.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = local.region
  allowed_account_ids = [local.account_id]
  default_tags {
    tags = {
      Product     = "x0tta6bl4"
      Environment = "staging"
      ManagedBy   = "terraform"
    }
  }
}
