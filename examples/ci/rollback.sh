#!/usr/bin/env bash
# Goes back to the version before, or to the revision that is given; see `helm history`. A canary that was not promoted is taken back to what
# is stable; where there are canaries the version that comes back takes all traffic at once, with none of its own.
# usage: rollback.sh [REVISION]; variables as in deploy.sh
# Exit codes: 0 that version runs; 1 it does not, or there is none.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
# Of a cluster whose kubeconfig asks AWS who this is.
[ -z "${AWS_TOKEN:-}" ] || . ./aws.sh
wait=$(waiting)
limit=$(seconds "$TIMEOUT")

unpromoted=
if has_canary; then
  # The controller may not have seen yet what was deployed a moment ago.
  for i in $(seq 15); do
    state=$(canary_state)
    [ "$state" = unseen ] || break
    sleep 2
  done
  case $state in
    canary)
      unpromoted=yes
      # Takes the traffic off it at once.
      canary_patch '{"abort":true}' || fail "the canary could not be aborted"
      ;;
    # Nothing is known of it, so nothing but what is stable may come in its place.
    unseen) unpromoted=yes ;;
  esac
fi
if [ -n "${1:-}" ]; then
  # Whoever names a revision knows why.
  unpromoted=
  revisions=$1
else
  revisions=$(versions_before)
fi
[ -n "$revisions" ] || fail "there is no version to go back to"

# Waits until all traffic goes to what Helm has put back. Returns 1 where a canary was to be taken back, and that is not what is stable.
settle() {
  local end=$((SECONDS + limit))
  while [ "$SECONDS" -lt "$end" ]; do
    case $(canary_state) in
      stable) return ;;
      canary)
        [ -z "$unpromoted" ] || return 1
        # Asked for again until it is done: the controller forgets it with a change that it had not seen.
        canary_patch '{"promoteFull":true}' || true
        ;;
    esac
    sleep 1
  done
  fail "revision $revision is put back, and Argo Rollouts has not brought it to all traffic within $TIMEOUT"
}

for revision in $revisions; do
  say "back to revision $revision"
  "$HELM" rollback "$RELEASE" "$revision" --namespace "$NAMESPACE" "$wait" --timeout "$TIMEOUT"
  if ! has_canary || settle; then
    say "revision $(revisions '.[-1].revision') is deployed: it is revision $revision again"
    exit
  fi
  say "revision $revision was not promoted either"
  canary_patch '{"abort":true}' || fail "the canary could not be aborted"
done
fail "none of the revisions before is what is stable: see helm history"
