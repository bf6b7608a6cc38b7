#!/usr/bin/env bash
# Installs or upgrades the release, and puts the former one back if the new one does not get ready.
#
#   HELM, KUBECTL       the programs (helm, kubectl)
#   RELEASE, NAMESPACE  shop, shop; the namespace has to be there
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

wait=$(waiting)
last=$(revisions '.[-1].status // empty')
case $last in
  # A deploy that was killed leaves its revision pending, and Helm refuses every further one.
  pending-*)
    cut_off=$(revisions '.[-1].revision')
    good=$(versions_before | head -n 1)
    if [ -n "$good" ]; then
      say "revision $cut_off was cut off: back to revision $good"
      "$HELM" rollback "$RELEASE" "$good" --namespace "$NAMESPACE" "$wait" --timeout "$TIMEOUT"
    elif [ "$(revisions 'length')" != 1 ]; then
      fail "revision $cut_off was cut off, and none before it is known to be good: see helm history"
    else
      say "the first revision was cut off: it is taken away"
      "$HELM" uninstall "$RELEASE" --namespace "$NAMESPACE" --wait --timeout "$TIMEOUT"
      last=
    fi
    ;;
esac
# A canary that nobody goes on with must not be what a failure of the next one goes back to.
if [ -n "$last" ] && has_canary && [ "$(canary_state)" = canary ]; then
  say "the former deploy has left a canary: it is taken back first"
  ./rollback.sh
fi

# The namespace has to be there: who deploys may do nothing outside of it.
arguments=(--namespace "$NAMESPACE" --timeout "$TIMEOUT" "$wait" --history-max 20)
case $wait in
  --wait) arguments+=(--atomic) ;;
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
