mock_provider "aws" {
  source = "../../mocks"
}

variables {
  bucket     = "example-terraform-state"
  account_id = "111122223333"
  gitlab_url = "https://gitlab.example"
}

# Planned only: what is made may not be destroyed, by a test either.
run "keeps_every_version_encrypted_and_private" {
  command = plan
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "expected versions"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "expected a key of our own"
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "expected nothing of it to be public"
  }
}

run "trusts_tokens_of_gitlab_that_are_for_gitlab" {
  command = plan
  assert {
    condition     = aws_iam_openid_connect_provider.gitlab.url == "https://gitlab.example" && tolist(aws_iam_openid_connect_provider.gitlab.client_id_list) == tolist(["https://gitlab.example"])
    error_message = "expected GitLab, as issuer and audience"
  }
}

run "refuses_gitlab_without_tls" {
  command = plan
  variables {
    gitlab_url = "http://gitlab.example"
  }
  expect_failures = [var.gitlab_url]
}

run "refuses_a_name_that_is_none" {
  command = plan
  variables {
    bucket = "Bucket_1"
  }
  expect_failures = [var.bucket]
}
