#!/usr/bin/env bash
# Builds and tests everything: the very command of the README.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -B -ntp verify
