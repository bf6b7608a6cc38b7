# Examples: put your own here. None of it is secret.
account_id   = "111122223333"
region       = "eu-central-1"
zones        = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
state_bucket = "example-terraform-state"
gitlab       = { url = "https://gitlab.example", project = "payments/shop", branch = "main" }
admins       = ["arn:aws:iam::111122223333:role/Administrator"]
alarm_email  = "operators@shop.example"
