#!/usr/bin/env bash
# Checks which version deploy.sh and rollback.sh go back to, for histories of a release that a cluster comes to only by being killed in the
# right moment. Helm is a stand-in that tells the history and notes what it is asked to do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
ci=$(cd ../../ci && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "scripts: $*" >&2
  exit 1
}

cat >"$work/helm" <<'HELM'
#!/usr/bin/env bash
case $1 in
  version) printf %s "${HELM_VERSION:-v3.17.2}" ;;
  history)
    case $HISTORY in
      none) echo "Error: release: not found" >&2; exit 1 ;;
      refused) echo "Error: Kubernetes cluster unreachable" >&2; exit 1 ;;
    esac
    # 4:deployed>2 is revision 4, deployed, a rollback to 2.
    jq -cn --arg history "$HISTORY" '$history | split(" ") | map(capture("^(?<revision>[0-9]+):(?<status>[a-z-]+)(>(?<of>[0-9]+))?$")
      | {revision: (.revision | tonumber), status, description: (if .of then "Rollback to \(.of)" else "Upgrade complete" end)})'
    ;;
  get) echo "kind: Deployment" ;;
  upgrade) echo upgrade >>"$CALLS" ;;
  *) echo "$1 $(grep -oE '^[0-9]+$' <<<"$3" || true)" | sed 's/ $//' >>"$CALLS" ;;
esac
HELM
chmod +x "$work/helm"
export HELM=$work/helm KUBECTL=false CALLS=$work/calls

checked=0
while IFS='|' read -r script history expected code what; do
  : >"$CALLS"
  got=0
  HISTORY=$history "$ci/$script.sh" >"$work/out" 2>&1 || got=$?
  calls=$(paste -sd ' ' "$CALLS")
  [ "$calls" = "$expected" ] && [ "$got" = "$code" ] || fail "$what ($script, $history): [$calls] with exit code $got, expected [$expected] with $code: $(cat "$work/out")"
  checked=$((checked + 1))
done <<'CASES'
rollback|1:superseded 2:deployed|rollback 1|0|the version before
rollback|1:superseded 2:superseded 3:deployed>1||1|none is before the first, though it is there by a rollback
rollback|1:superseded 2:superseded 3:superseded 4:deployed>2|rollback 1|0|a rollback counts as what it went back to
rollback|1:superseded 2:failed 3:deployed|rollback 1|0|what never got ready is no version
rollback|1:superseded 2:deployed 3:pending-upgrade|rollback 2|0|the version before a deploy that was killed
rollback|1:superseded 2:deployed 3:failed|rollback 2|0|the version before a deploy that failed
rollback|1:deployed 2:failed|rollback 1|0|the first version, where the second has failed
rollback|1:superseded 2:superseded 3:superseded 4:deployed>2 5:pending-upgrade|rollback 2|0|the version before a killed deploy, which is there by a rollback
rollback|1:superseded 2:superseded 3:deployed 4:pending-rollback>2|rollback 2|0|a rollback that was cut off is finished
rollback|1:deployed||1|there is none before the only one
rollback|1:pending-install||1|there is none before an installation that was cut off
rollback|refused||1|a history that cannot be read
deploy|none|upgrade|0|the first deploy
deploy|1:superseded 2:deployed|upgrade|0|a deploy
deploy|1:superseded 2:failed|upgrade|0|a deploy after one that failed
deploy|1:superseded 2:deployed 3:pending-upgrade|rollback 2 upgrade|0|a deploy after one that was killed
deploy|1:superseded 2:superseded 3:deployed 4:pending-rollback>2|rollback 2 upgrade|0|a bad version is not brought back by finishing the rollback from it
deploy|1:superseded 2:superseded 3:superseded 4:deployed>2 5:pending-upgrade|rollback 2 upgrade|0|a killed deploy over a rollback
deploy|1:pending-install|uninstall upgrade|0|an installation that was cut off
deploy|1:failed 2:pending-upgrade||1|none is known to be good
deploy|refused||1|an API server that does not answer
CASES

# Which of Helm's ways to wait: another flag in each of them would be refused, or wait for every node.
for version in v3.17.2 v4.1.4; do
  cat >"$work/arguments" <<'HELM'
#!/usr/bin/env bash
case $1 in upgrade) printf '%s\n' "$@" >"$CALLS" ;; *) exec "$(dirname "$0")/helm" "$@" ;; esac
HELM
  chmod +x "$work/arguments"
  HELM=$work/arguments HELM_VERSION=$version HISTORY="1:deployed" "$ci/deploy.sh" >/dev/null
  case $version in
    v3.*) flags="--atomic --wait" ;;
    *) flags="--rollback-on-failure --wait=legacy" ;;
  esac
  [ "$(grep -E '^--(atomic|rollback-on-failure|wait)' "$CALLS" | sort | paste -sd ' ')" = "$flags" ] || fail "Helm $version is called with $(paste -sd ' ' "$CALLS")"
  ! grep -q create-namespace "$CALLS" || fail "who deploys may not make a namespace"
done
if TIMEOUT=soon HISTORY="1:superseded 2:deployed" "$ci/rollback.sh" >"$work/out" 2>&1; then fail "a timeout that is none is taken"; fi
grep -q "TIMEOUT is soon" "$work/out" || fail "a timeout that is none is not named: $(cat "$work/out")"
echo "scripts: $checked histories lead back to the right version"
echo "scripts: all passed"
