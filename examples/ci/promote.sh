#!/usr/bin/env bash
# Watches what deploy.sh has begun until it is good, and puts the former version back if it is not: by the chart's own test, by health checks
# from outside, and where Argo Rollouts has a canary by its judgement, for which this sends it orders.
#
#   URL        of the public port, for scripts/health-check-production.sh, whose other variables hold too
#   SOAK       seconds for which all of it has to stay healthy in the end (60)
#   PAUSE      seconds between two checks (5)
#   API_KEY    required where there is a canary
#   HELM_TEST  no: leaves out the chart's test, which needs the cluster's name service (yes)
#   DEADLINE   seconds after which a canary that is neither good nor bad is bad (3600)
#
# Exit codes: 0 it is good; 1 it was not, and the former version is back.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
# Of a cluster whose kubeconfig asks AWS who this is.
[ -z "${AWS_TOKEN:-}" ] || . ./aws.sh
need URL
phase() {
  "$KUBECTL" get "$ROLLOUT" --namespace "$NAMESPACE" --output json 2>/dev/null | jq -r '
    if (.status.pauseConditions // [] | any(.reason == "CanaryPauseStep")) and .status.currentStepIndex == 1 then "Gate"
    else .status.phase // "Unknown" end' 2>/dev/null || echo Unknown
}
give_up() {
  say "$*" >&2
  ./rollback.sh
  exit 1
}
chart_test() {
  [ "${HELM_TEST:-yes}" = no ] || "$HELM" test "$RELEASE" --namespace "$NAMESPACE" --timeout 2m >/dev/null || give_up "the chart's own test fails"
}

began=$SECONDS
canary=
if has_canary; then
  canary=yes
  need API_KEY
  gate=$("$KUBECTL" get "$ROLLOUT" --namespace "$NAMESPACE" --output json |
    jq -r 'if .spec.strategy.canary.steps[1] == {pause: {}} then "closed" else "none" end') || fail "the canary cannot be read"
  ./orders.sh "$URL" &
  orders=$!
  # The job's token is of aws.sh.
  trap 'kill "$orders" 2>/dev/null || true; rm -f "${AWS_WEB_IDENTITY_TOKEN_FILE:-}"' EXIT
fi
if [ "${gate:-none}" = none ]; then chart_test; fi

bad=0
good_since=$SECONDS
while :; do
  if "$examples/scripts/health-check-production.sh" "$URL"; then
    bad=0
  else
    bad=$((bad + 1))
    # One check may meet a pod that is just going.
    [ "$bad" -lt 2 ] || give_up "the health checks fail"
  fi
  good=yes
  if [ -n "$canary" ]; then
    state=$(canary_state)
    [ "$state" = stable ] || good=no
    # Before the controller has seen the new version, the judgement is that of the former one.
    if [ "$state" != unseen ]; then
      case $(phase) in
        Degraded) give_up "the canary was judged bad" ;;
        Gate)
          if [ "$gate" = closed ]; then
            chart_test
            canary_patch '{"pauseConditions":null}' || give_up "the canary cannot go on"
            gate=open
            say "the canary is judged from here on"
          fi
          ;;
      esac
    fi
  fi
  if [ "$bad" != 0 ] || [ "$good" = no ]; then
    good_since=$SECONDS
  elif [ $((SECONDS - good_since)) -ge "${SOAK:-60}" ]; then
    break
  fi
  [ -z "$canary" ] || [ $((SECONDS - began)) -lt "${DEADLINE:-3600}" ] || give_up "the canary is neither good nor bad"
  # Checks without a key are counted by RATE_LIMIT.
  sleep "${PAUSE:-5}"
done
say "the new version is good"
# It counts packets, and is no reason to take a shop back; an alert tells of it too.
observers=$("$KUBECTL" get daemonset "$NAME-observe" --namespace "$NAMESPACE" --ignore-not-found --output json |
  jq -r 'select(.status.numberReady < .status.desiredNumberScheduled) | "\(.status.numberReady) of \(.status.desiredNumberScheduled)"') || true
[ -z "$observers" ] || say "observe is ready on $observers nodes only" >&2
