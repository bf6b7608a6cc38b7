#!/usr/bin/env bash
# Applies the very plan that terraform-plan.sh has saved and somebody has read.
# usage: terraform-apply.sh staging|production; AWS_ROLE_ARN and AWS_TOKEN as in aws.sh
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
environment=${1:?usage: terraform-apply.sh staging|production}
root=$examples/infra/terraform/envs/$environment
plan=$(cd "$examples/.." && pwd)/plan
[ -f "$plan/$environment.tfplan" ] || fail "there is no plan of $environment"
(cd "$plan" && sha256sum --quiet -c "$environment.sha256") || fail "the plan of $environment is not the one that was saved"
. ./aws.sh
terraform -chdir="$root" init -input=false
# A plan whose state has moved on since is refused by Terraform itself.
terraform -chdir="$root" apply -input=false -lock-timeout=10m "$plan/$environment.tfplan"
say "$environment is as it was planned"
