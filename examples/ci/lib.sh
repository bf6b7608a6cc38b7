# Sourced by the scripts of this folder.
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() {
  echo "$(basename "$0" .sh): $*"
}

fail() {
  say "$*" >&2
  exit 1
}

# Fails for each name that is no variable, all of them in one line.
need() {
  local name missing=()
  for name in "$@"; do
    [ -n "${!name:-}" ] || missing+=("$name")
  done
  [ "${#missing[@]}" -eq 0 ] || fail "not set: ${missing[*]}"
}

# What Helm knows of a release: prints the revisions that match a filter of jq, one in a line. Only a release that Helm says is not there
# has none: an API server that does not answer must not look like that.
revisions() {
  local history errors
  errors=$(mktemp)
  if ! history=$("$HELM" history "$RELEASE" --namespace "$NAMESPACE" --max 50 --output json 2>"$errors"); then
    history=$(cat "$errors")
    rm -f "$errors"
    case $history in
      *"release: not found"*) return 0 ;;
      *) fail "the history of $RELEASE cannot be read: $history" ;;
    esac
  fi
  rm -f "$errors"
  jq -r "$1" <<<"$history"
}

# The revisions that a release can go back to, the best one first, each older than the one before it. A rollback counts as what it went back
# to, and one that was cut off is finished first. What never got ready, or was cut off, is no version.
versions_before() {
  revisions '
    reduce .[] as $entry ({};
      (($entry.description // "" | capture("^Rollback to (?<of>[0-9]+)")).of // ($entry.revision | tostring)) as $of
      | .[$entry.revision | tostring] = {revision: (.[$of].revision // $entry.revision), status: $entry.status})
    | to_entries | sort_by(.key | tonumber) | map(.value) | reverse
    | (if .[0].status == "pending-rollback" then .[0].revision + 1 else .[0].revision end) as $below
    | reduce (.[] | select(.status | IN("deployed", "superseded", "pending-rollback")) | .revision) as $revision
        ([$below]; if $revision < last then . + [$revision] else . end)
    | .[1:][]'
}

# Whether what is deployed has a canary.
has_canary() {
  local manifest
  manifest=$("$HELM" get manifest "$RELEASE" --namespace "$NAMESPACE") || fail "what is deployed cannot be read"
  grep -q '^kind: Rollout$' <<<"$manifest"
}

# What Argo Rollouts says of the version that Helm has brought: unseen (of another one, or nothing), canary, settling (all traffic is its own,
# pods are not yet), stable.
canary_state() {
  "$KUBECTL" get "$ROLLOUT" --namespace "$NAMESPACE" --output json 2>/dev/null | jq -r '
    if .status.currentPodHash == null or (.status.observedGeneration | tostring) != (.metadata.generation | tostring) then "unseen"
    elif (.status.stableRS // "") == "" then "settling"
    elif .status.currentPodHash != .status.stableRS then "canary"
    elif .status.phase != "Healthy" then "settling"
    else "stable" end' 2>/dev/null || echo unseen
}

# usage: canary_patch JSON; of what Argo Rollouts is asked by its status, as its own command line does
canary_patch() {
  "$KUBECTL" patch "$ROLLOUT" --namespace "$NAMESPACE" --subresource=status --type=merge --patch "{\"status\":$1}" >/dev/null
}

# Prints the seconds of a duration as Helm takes it.
seconds() {
  local rest=$1 total=0
  while [[ $rest =~ ^([0-9]+)(h|m|s)(.*)$ ]]; do
    rest=${BASH_REMATCH[3]}
    case ${BASH_REMATCH[2]} in
      h) total=$((total + BASH_REMATCH[1] * 3600)) ;;
      m) total=$((total + BASH_REMATCH[1] * 60)) ;;
      s) total=$((total + BASH_REMATCH[1])) ;;
    esac
  done
  [ -z "$rest" ] && [ "$total" -gt 0 ] || fail "TIMEOUT is $1, expected a duration such as 10m"
  echo "$total"
}

HELM=${HELM:-helm}
KUBECTL=${KUBECTL:-kubectl}
RELEASE=${RELEASE:-shop}
NAMESPACE=${NAMESPACE:-shop}
TIMEOUT=${TIMEOUT:-10m}
# What the chart calls its objects.
case $RELEASE in
  *x0tta6bl4*) NAME=$RELEASE ;;
  *) NAME=$RELEASE-x0tta6bl4 ;;
esac
ROLLOUT=rollout.argoproj.io/$NAME
# How Helm waits until all is ready. That of Helm 3, in both: the other one of Helm 4 waits for each node of a DaemonSet.
waiting() {
  case $("$HELM" version --template '{{.Version}}') in
    v3.*) echo --wait ;;
    *) echo --wait=legacy ;;
  esac
}
