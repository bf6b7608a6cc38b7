#!/usr/bin/env bash
# Goes back to the version before, or to the revision that is given; see `helm history`.
# usage: rollback.sh [REVISION]; variables as in deploy.sh
# Exit codes: 0 that version runs; 1 it does not, or there is none.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
# Of a cluster whose kubeconfig asks AWS who this is.
[ -z "${AWS_TOKEN:-}" ] || . ./aws.sh

revision=${1:-}
if [ -z "$revision" ]; then
  # The version before the present one, which may itself be there by a rollback. What never got ready is failed, not superseded.
  revision=$(revisions '
    reduce .[] as $entry ({};
      (($entry.description | capture("^Rollback to (?<of>[0-9]+)")).of // ($entry.revision | tostring)) as $of
      | .[$entry.revision | tostring] = {revision: (.[$of].revision // $entry.revision), status: $entry.status})
    | to_entries | sort_by(.key | tonumber) | map(.value)
    | last.revision as $present
    | [.[] | select(.status == "superseded" and .revision < $present)] | last | .revision // empty')
fi
[ -n "$revision" ] || fail "there is no version to go back to"
if "$KUBECTL" get rollout.argoproj.io "$NAME" --namespace "$NAMESPACE" >/dev/null 2>&1; then
  # Takes the traffic off a canary at once; the rollback below then finds the stable version, and starts no canary of its own.
  "$KUBECTL" patch rollout.argoproj.io "$NAME" --namespace "$NAMESPACE" --subresource=status --type=merge --patch '{"status":{"abort":true}}' >/dev/null ||
    fail "the canary could not be aborted"
fi
say "back to revision $revision"
"$HELM" rollback "$RELEASE" "$revision" --namespace "$NAMESPACE" --wait --timeout "$TIMEOUT"
say "revision $(revisions '.[-1].revision') is deployed: it is revision $revision again"
