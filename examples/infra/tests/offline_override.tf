# Put beside a root by check.sh, in a copy: a provider that knows no account and reaches nothing.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "offline"
  secret_key                  = "offline"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  allowed_account_ids         = null
  endpoints {
    backup         = "http://127.0.0.1:9"
    ec2            = "http://127.0.0.1:9"
    eks            = "http://127.0.0.1:9"
    events         = "http://127.0.0.1:9"
    iam            = "http://127.0.0.1:9"
    kms            = "http://127.0.0.1:9"
    logs           = "http://127.0.0.1:9"
    rds            = "http://127.0.0.1:9"
    s3             = "http://127.0.0.1:9"
    secretsmanager = "http://127.0.0.1:9"
    sns            = "http://127.0.0.1:9"
    sts            = "http://127.0.0.1:9"
  }
}

terraform {
  backend "local" {}
}
