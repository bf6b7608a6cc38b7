#!/usr/bin/env bash
# Installs or upgrades the release, and puts the former one back if the new one does not get ready.
#
#   HELM, KUBECTL       the programs (helm, kubectl)
#   RELEASE, NAMESPACE  shop, shop
#   VALUES              values files with spaces between, relative to examples/
#   IMAGE_DIGEST        sha256:… of the image to run
#   TIMEOUT             how long it may take to get ready (10m)
#
# Exit codes: 0 the new version runs (a canary has begun where there are canaries); 1 it does not, and the former one does.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
# Of a cluster whose kubeconfig asks AWS who this is.
[ -z "${AWS_TOKEN:-}" ] || . ./aws.sh

# A deploy that was killed leaves its revision pending, and Helm refuses every further one.
pending=$(revisions '.[-1] | select(.status | startswith("pending-")) | .revision')
if [ -n "$pending" ]; then
  good=$(revisions '[.[] | select(.status == "deployed" or .status == "superseded")] | last | .revision // empty')
  if [ -n "$good" ]; then
    say "revision $pending was cut off: back to revision $good"
    "$HELM" rollback "$RELEASE" "$good" --namespace "$NAMESPACE" --wait --timeout "$TIMEOUT"
  elif [ "$(revisions 'length')" != 1 ]; then
    fail "revision $pending was cut off, and none before it is known to be good: see helm history"
  else
    say "the first revision was cut off: it is taken away"
    "$HELM" uninstall "$RELEASE" --namespace "$NAMESPACE" --wait --timeout "$TIMEOUT"
  fi
fi

arguments=(--namespace "$NAMESPACE" --create-namespace --timeout "$TIMEOUT" --wait --history-max 20)
case $("$HELM" version --template '{{.Version}}') in
  v3.*) arguments+=(--atomic) ;;
  *) arguments+=(--rollback-on-failure) ;;
esac
for file in ${VALUES:-}; do
  arguments+=(--values "$examples/${file#"$examples"/}")
done
if [ -n "${IMAGE_DIGEST:-}" ]; then
  arguments+=(--set-string "image.digest=$IMAGE_DIGEST")
fi
"$HELM" upgrade "$RELEASE" "$examples/infra/helm/x0tta6bl4" --install "${arguments[@]}" "$@" || fail "the new version did not get ready"
say "revision $(revisions '.[-1].revision') is deployed"
