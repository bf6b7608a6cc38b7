#!/usr/bin/env bash
# Does what merchants do until it is ended: opens an order, looks at it, calls it off. By it a canary is judged where few buyers come.
# Where a merchant is told of orders, he is told of these too: their ids begin with CANARY-.
# usage: orders.sh URL
#
#   API_KEY       of the shop: no limit counts requests that have it
#   CHECK_NETWORK, CHECK_ASSET, CHECK_AMOUNT   of the orders (tron, USDT, 1)
#   ORDER_PAUSE   seconds between two of them (0.5)
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
url=${1:?usage: orders.sh URL}
url=${url%/}
need API_KEY
# What comes of it is seen in the shop's metrics; the key goes by a file descriptor, since arguments are seen by everybody on the machine.
ask() {
  curl -s -o /dev/null -m 10 -K <(printf 'header = "Authorization: Bearer %s"' "$API_KEY") "$@" || true
}
for ((i = 1; ; i++)); do
  order=CANARY-$(date +%s)-$$-$i
  ask -H "Content-Type: application/json" "$url/api/orders" \
    -d "{\"id\":\"$order\",\"network\":\"${CHECK_NETWORK:-tron}\",\"asset\":\"${CHECK_ASSET:-USDT}\",\"amount\":\"${CHECK_AMOUNT:-1}\"}"
  ask "$url/api/orders/$order"
  ask -X DELETE "$url/api/orders/$order"
  sleep "${ORDER_PAUSE:-0.5}"
done
