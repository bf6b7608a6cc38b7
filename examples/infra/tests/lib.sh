# Sourced by the checks that run the shop on this machine: finds the jar and PostgreSQL's programs, and starts servers
# that end with the check. Expects `fail` and the folder `infra` to be defined.

. "$infra/tests/java.sh"
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$postgres" ] || fail "PostgreSQL is not installed"

work=$(mktemp -d)
chmod 755 "$work"
processes=()

stop_all() {
  local code=$?
  if [ "$code" -ne 0 ]; then
    tail -n 5 "$work"/*.log | cut -c -500 >&2 || true
  fi
  [ "${#processes[@]}" -eq 0 ] || kill "${processes[@]}" 2>/dev/null || true
  local folder
  for folder in "$work"/database*; do
    if [ -f "$folder/postmaster.pid" ]; then as_postgres "$postgres/pg_ctl" -D "$folder" -m immediate stop >/dev/null 2>&1 || true; fi
  done
  wait 2>/dev/null || true
  rm -rf "$work"
  exit "$code"
}
trap stop_all EXIT

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; else "$@"; fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Waits until a command succeeds. usage: await WHAT COMMAND...
await() {
  local what=$1 i
  shift
  for i in $(seq 300); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  fail "$what did not come"
}

# Starts the jar in the background, its outputs in files of that name; `pid` is its process. usage: launch NAME COMMAND...
launch() {
  local name=$1
  shift
  "$JAVA" -jar "$jar" "$@" >"$work/$name.out" 2>"$work/$name.log" &
  pid=$!
  processes+=("$pid")
  await "$name" grep -q '^ready' "$work/$name.out"
}

# Simulated providers and a merchant; their settings are exported for the shops that follow, and those that all of them have.
simulate() {
  export CALLBACK_SECRET=callback-secret-0123456789abcdef01
  launch simulators simulate --port 0 --tron-port 0 --ton-port 0 --telegram-port 0
  local line
  while read -r line; do
    case "$line" in TELEGRAM_*) ;; *=*) export "${line?}" ;; esac
  done <"$work/simulators.out"
  till=${CALLBACK_URL%/callbacks}
  export API_KEY=infra-test-key-0123456789abcdef012345 LINK_KEY=infra-link-key-0123456789abcdef012345
  export PROVIDER_RATE=20 WATCH_FAST=PT1S WATCH_SLOW=PT1S RATE_LIMIT=1000000 BIND_ADDRESS=127.0.0.1 LOG_FORMAT=json
}

open_order() {
  curl -sS -f -m 10 -o /dev/null -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/json" \
    -d "{\"id\":\"$2\",\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"25\"}" "$1/api/orders"
}

pay() {
  curl -sS -f -m 10 -o /dev/null -d "{\"network\":\"tron\",\"asset\":\"USDT\",\"amount\":\"25\",\"memo\":\"$1\"}" "$till/payments"
}

was_told() {
  curl -sS -f -m 10 "$till/callbacks/$1" | grep -q order.verified
}
