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
