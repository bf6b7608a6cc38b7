#!/usr/bin/env bash
# Asks a shop from outside whether it does what buyers and merchants need. Prints what is wrong, or one line.
# usage: health-check-production.sh URL
#
#   API_KEY         opens an order and calls it off; without it that is left out
#   CHECK_NETWORK, CHECK_ASSET, CHECK_AMOUNT   of that order (tron, USDT, 1)
#   MANAGEMENT_URL  of the management port, where it can be reached; asks for readiness, and that money is being looked for
#   MAX_SECONDS     that an answer may take (2)
#   MIN_CERTIFICATE_DAYS   that the certificate has to be good for (14)
#
# Exit codes: 0 healthy; 1 not; 2 bad usage.
set -euo pipefail
url=${1:-}
case $url in
  http://* | https://*) url=${url%/} ;;
  *)
    echo "usage: health-check-production.sh URL" >&2
    exit 2
    ;;
esac
seconds=${MAX_SECONDS:-2}
problems=()
answer=$(mktemp)
headers=$(mktemp)
trap 'rm -f "$answer" "$headers"' EXIT

# Prints the status, 000 where nobody answers. The key goes by a file descriptor: arguments are seen by everybody on the machine.
ask() {
  curl -sS -o "$answer" -D "$headers" -m "$seconds" -w '%{http_code}' -K <(printf '%s' "${config:-}") "$@" 2>/dev/null || true
}
expect() {
  local what=$1 expected=$2 status
  shift 2
  status=$(ask "$@")
  [ "$status" = "$expected" ] || problems+=("$what: $status, expected $expected")
}

expect "the description of the API" 200 "$url/api/openapi.json"
grep -qi '^x-content-type-options: nosniff' "$headers" || problems+=("the answer has no header X-Content-Type-Options")
expect "an order without a key" 401 -X POST -H "Content-Type: application/json" -d '{}' "$url/api/orders"
expect "a checkout page of nobody" 404 "$url/pay/none~none"
# What is for operators must not be public.
expect "metrics on the public port" 404 "$url/metrics"
expect "the status page on the public port" 404 "$url/status.json"

if [ -n "${API_KEY:-}" ]; then
  config="header = \"Authorization: Bearer $API_KEY\""
  order=HEALTH-$(date +%s)-$$
  body="{\"id\":\"$order\",\"network\":\"${CHECK_NETWORK:-tron}\",\"asset\":\"${CHECK_ASSET:-USDT}\",\"amount\":\"${CHECK_AMOUNT:-1}\"}"
  expect "opening an order" 201 -H "Content-Type: application/json" -d "$body" "$url/api/orders"
  expect "looking at it" 200 "$url/api/orders/$order"
  expect "calling it off" 200 -X DELETE "$url/api/orders/$order"
  config=
fi

if [ -n "${MANAGEMENT_URL:-}" ]; then
  expect "readiness" 200 "${MANAGEMENT_URL%/}/healthz/ready"
  expect "metrics" 200 "${MANAGEMENT_URL%/}/metrics"
  lag=$(awk '/^x0tta6bl4_payment_scan_lag_seconds/ && $NF + 0 > most { most = $NF + 0 } END { printf "%d", most }' "$answer")
  [ "$lag" -le 300 ] || problems+=("a wallet is read $lag seconds behind")
fi

if [[ $url == https://* ]]; then
  host=${url#https://}
  host=${host%%/*}
  days=${MIN_CERTIFICATE_DAYS:-14}
  [[ $host == *:* ]] && address=$host || address=$host:443
  openssl s_client -connect "$address" -servername "${host%%:*}" </dev/null 2>/dev/null | openssl x509 -noout -checkend $((days * 86400)) >/dev/null 2>&1 ||
    problems+=("the certificate of $host ends within $days days, or there is none")
fi

if [ "${#problems[@]}" -gt 0 ]; then
  printf '%s\n' "${problems[@]/#/$url: }" >&2
  exit 1
fi
echo "$url is healthy"
