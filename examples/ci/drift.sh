#!/usr/bin/env bash
# Tells whether an environment is still what its code says. usage: drift.sh staging|production; AWS_ROLE_ARN and AWS_TOKEN as in aws.sh
# Exit codes: 0 it is; 1 it could not be asked; 2 it is not: the log has the difference.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
environment=${1:?usage: drift.sh staging|production}
root=$examples/infra/terraform/envs/$environment
. ./aws.sh
terraform -chdir="$root" init -input=false
code=0
terraform -chdir="$root" plan -input=false -lock=false -detailed-exitcode || code=$?
[ "$code" -ne 2 ] || say "$environment is not what its code says" >&2
exit "$code"
