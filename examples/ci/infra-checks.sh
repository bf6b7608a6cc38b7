#!/usr/bin/env bash
# Checks the chart, the Terraform code and this pipeline, with nothing of a cluster or an account.
set -euo pipefail
cd "$(dirname "$0")/../infra/tests"
./chart.sh
./terraform.sh
./scripts.sh
./pipeline.sh
