#!/usr/bin/env bash
# Watches what deploy.sh has begun until it is good, and puts the former version back if it is not. Where Argo Rollouts has a canary this
# sends it the requests that it is judged by, and waits for the judgement; elsewhere the version has to stay healthy for a while.
#
#   URL        of the public port, for scripts/health-check-production.sh, whose other variables hold too
#   SOAK       seconds for which a version without a canary has to stay healthy (60)
#   PAUSE      seconds between two checks (5)
#   API_KEY    required where there is a canary
#   DEADLINE   seconds after which a canary that is neither good nor bad is bad (3600)
#
# Exit codes: 0 it is good; 1 it was not, and the former version is back.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
# Of a cluster whose kubeconfig asks AWS who this is.
[ -z "${AWS_TOKEN:-}" ] || . ./aws.sh
need URL
rollout=rollout.argoproj.io/$NAME
# Before the controller has seen the new version, the judgement is that of the former one.
phase() {
  "$KUBECTL" get "$rollout" --namespace "$NAMESPACE" --output json 2>/dev/null |
    jq -r 'if (.status.observedGeneration | tostring) == (.metadata.generation | tostring) then .status.phase // "Unknown" else "Unseen" end' || true
}
give_up() {
  say "$*" >&2
  ./rollback.sh
  exit 1
}

# What a canary is judged by where few buyers come: requests with the key, which no limit counts.
ask_often() {
  curl -s -o /dev/null -m 60 -K <(printf 'header = "Authorization: Bearer %s"' "$API_KEY") "${URL%/}/api/orders/none?n=[1-200]" || true
}

began=$SECONDS
bad=0
manifest=$("$HELM" get manifest "$RELEASE" --namespace "$NAMESPACE") || fail "what is deployed cannot be read"
canary=
if grep -q '^kind: Rollout$' <<<"$manifest"; then
  canary=yes
  need API_KEY
fi
while :; do
  if "$examples/scripts/health-check-production.sh" "$URL"; then
    bad=0
  else
    bad=$((bad + 1))
    # One check may meet a pod that is just going.
    [ "$bad" -lt 2 ] || give_up "the health checks fail"
  fi
  if [ -z "$canary" ]; then
    if [ "$bad" = 0 ] && [ $((SECONDS - began)) -ge "${SOAK:-60}" ]; then break; fi
  else
    ask_often
    case $(phase) in
      Healthy) break ;;
      Degraded) give_up "the canary was judged bad" ;;
    esac
    [ $((SECONDS - began)) -lt "${DEADLINE:-3600}" ] || give_up "the canary is neither good nor bad"
  fi
  # Checks without a key are counted by RATE_LIMIT.
  sleep "${PAUSE:-5}"
done
say "the new version is good"
