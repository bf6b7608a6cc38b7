#!/usr/bin/env bash
# Plans an environment, holds the plan against what it has to have, and saves it for terraform-apply.sh. It may hold secrets: keep it short.
# usage: terraform-plan.sh staging|production; AWS_ROLE_ARN and AWS_TOKEN as in aws.sh
# Leaves in plan/: ENVIRONMENT.tfplan, its checksum, and what it would do as text.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
environment=${1:?usage: terraform-plan.sh staging|production}
root=$examples/infra/terraform/envs/$environment
[ -d "$root" ] || fail "$environment: expected staging or production"
. ./aws.sh
plan=$examples/../plan
mkdir -p "$plan"
plan=$(cd "$plan" && pwd)
terraform -chdir="$root" init -input=false
terraform -chdir="$root" plan -input=false -lock-timeout=5m -out="$plan/$environment.tfplan"
terraform -chdir="$root" show -no-color "$plan/$environment.tfplan" >"$plan/$environment.txt"
# Of what exists only a part is in a plan: what must be there at all is looked for where everything is made.
violations=$(terraform -chdir="$root" show -json "$plan/$environment.tfplan" | jq --arg environment "$environment" -f "$examples/infra/tests/plan.jq" |
  jq -r '.[] | select(startswith("there is no") | not)')
[ -z "$violations" ] || fail "the plan breaks what $environment has to have: $violations"
(cd "$plan" && sha256sum "$environment.tfplan" >"$environment.sha256")
say "$environment is planned"
