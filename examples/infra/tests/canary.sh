#!/usr/bin/env bash
# A canary for real on one machine: two versions of the shop on one PostgreSQL behind nginx, judged by a real Prometheus with the query
# of the chart's AnalysisTemplate, step by step as the Rollout would. A good version is promoted, where buyers come and where nobody but the
# pipeline does; one whose database refuses it is rolled back, even where its failures are few among a flood of other answers, and so is one
# that nothing is known of; and not one request is lost.
#
# usage: canary.sh [good|quiet|bad|drowned|silent]...  (all of them); needs nginx, prometheus, PostgreSQL and python3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./tools.sh
for program in nginx prometheus; do
  PATH=$PATH:/usr/sbin command -v $program >/dev/null || fail "$program is not installed"
done
PATH=$PATH:/usr/sbin
. ./lib.sh
[ $# -gt 0 ] || set -- good quiet bad drowned silent

# The very query of the template, and what it says of the result.
"$HELM3" template shop "$infra/helm/x0tta6bl4" --set rollout.mode=on --set settings.DATABASE_URL=x >"$work/rendered.yaml"
query=$(node -e '
  const [modules, file] = process.argv.slice(1);
  const YAML = require(modules + "/yaml");
  const template = YAML.parseAllDocuments(require("fs").readFileSync(file, "utf8")).map((d) => d.toJS()).find((m) => m?.kind === "AnalysisTemplate");
  const [metric] = template.spec.metrics;
  if (metric.successCondition !== "len(result) > 0" || metric.failureLimit !== 0 || "count" in metric) throw new Error("another condition than this script has");
  console.log(metric.provider.prometheus.query);
' "$MODULES" "$work/rendered.yaml")

simulate
database_port=$(free_port)
mkdir "$work/database"
[ "$(id -u)" != 0 ] || chown nobody:nogroup "$work/database"
as_postgres "$postgres/initdb" -D "$work/database" -U postgres --auth=trust --no-locale --encoding=UTF8 >/dev/null
as_postgres "$postgres/pg_ctl" -D "$work/database" -w -l "$work/database/log" \
  -o "-p $database_port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off" start >/dev/null
sql() {
  "$postgres/psql" -h 127.0.0.1 -p "$database_port" -U postgres -d "${DATABASE:-shop}" -v ON_ERROR_STOP=1 -qAtc "$1"
}
DATABASE=postgres sql "CREATE DATABASE shop"
sql "CREATE ROLE v1 LOGIN; CREATE ROLE v2 LOGIN; GRANT ALL ON SCHEMA public TO v1, v2; GRANT v1 TO v2"

# Starts a version. usage: version NAME; sets its port, management port and process.
declare -A ports management pids
version() {
  PORT=0 MANAGEMENT_PORT=0 DATABASE_URL=jdbc:postgresql://127.0.0.1:$database_port/shop DATABASE_USER=$1 DRAIN_DELAY=PT2S launch "$1" serve
  pids[$1]=$pid
  ports[$1]=$(sed -n 's/.*public port \([0-9]*\).*/\1/p' "$work/$1.out")
  management[$1]=$(sed -n 's/.*management port \([0-9]*\).*/\1/p' "$work/$1.out")
}

front=$(free_port)
# Sends a part of the requests to the canary. usage: weight PERCENT
weight() {
  local split="* v1;"
  case $1 in
    0) ;;
    100) split="* v2;" ;;
    *) split="$1% v2; * v1;" ;;
  esac
  cat >"$work/nginx.conf" <<CONF
pid $work/nginx.pid;
error_log $work/nginx.log warn;
worker_processes 1;
events {}
http {
  access_log off;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  split_clients \$request_id \$version { $split }
  upstream v1 { server 127.0.0.1:${ports[v1]}; }
  upstream v2 { server 127.0.0.1:${ports[v2]:-${ports[v1]}}; }
  server {
    listen 127.0.0.1:$front;
    location / { proxy_pass http://\$version; add_header X-Version \$version always; }
  }
}
CONF
  if [ -f "$work/nginx.pid" ]; then nginx -e "$work/nginx.log" -c "$work/nginx.conf" -s reload; fi
}

prometheus_port=$(free_port)
# What Prometheus scrapes. usage: scrape VERSION...
scrape() {
  local version
  echo "scrape_configs: [{job_name: shop, scrape_interval: 1s, scrape_timeout: 1s, static_configs: [" >"$work/prometheus.yaml"
  for version in "$@"; do
    echo "  {targets: ['127.0.0.1:${management[$version]}'], labels: {rollouts_pod_template_hash: $version}}," >>"$work/prometheus.yaml"
  done
  echo "]}]" >>"$work/prometheus.yaml"
  rm -rf "$work/prometheus"
  prometheus --config.file="$work/prometheus.yaml" --storage.tsdb.path="$work/prometheus" \
    --web.listen-address="127.0.0.1:$prometheus_port" >"$work/prometheus.log" 2>&1 &
  prometheus=$!
  processes+=("$prometheus")
  await prometheus curl -sf "http://127.0.0.1:$prometheus_port/-/ready"
}

# What Prometheus answers to a query, as JSON.
ask_prometheus() {
  curl -sS -f -G --data-urlencode "query=$1" "http://127.0.0.1:$prometheus_port/api/v1/query"
}

# Whether the condition of the template holds: the query has a result.
measure() {
  ask_prometheus "${query//'{{args.hash}}'/v2}" | jq -e '.status == "success" and (.data.result | length) > 0' >/dev/null
}

# Steps of the Rollout, shorter: half a minute in place of its minutes, and a minute where only the pipeline comes. Returns 1 where the canary
# was rolled back.
release() {
  local percent i
  for percent in 10 50; do
    weight "$percent"
    sleep "$1"
    for i in 1 2 3; do
      if ! measure; then
        weight 0
        echo "canary: rolled back at $percent %"
        return 1
      fi
      sleep 2
    done
    echo "canary: good at $percent %"
  done
  weight 100
  echo "canary: promoted"
}

version v1
version v2
weight 0
nginx -e "$work/nginx.log" -c "$work/nginx.conf"
await nginx test -s "$work/nginx.pid"
processes+=("$(cat "$work/nginx.pid")")

for scenario in "$@"; do
  case $scenario in
    good | quiet) scrape v1 v2 ;;
    # It is ready, and its database refuses what it writes: a right that a migration has forgotten.
    bad | drowned) scrape v1 v2 && sql "REVOKE v1 FROM v2; GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO v2" ;;
    # Nothing is known of it: its metrics are not scraped.
    silent) scrape v1 ;;
    *) fail "$scenario: expected good, quiet, bad, drowned or silent" ;;
  esac
  weight 0
  # What the pipeline sends, more of it since the steps are shorter.
  orders=()
  buyers=4 pause=0.02
  # One who takes his time, with a flood beside him.
  [ "$scenario" != drowned ] || buyers=1 pause=0.3
  for i in $(seq "$buyers"); do
    ORDER_PAUSE=$pause "$infra/../ci/orders.sh" "http://127.0.0.1:$front" &
    orders+=("$!")
  done
  processes+=("${orders[@]}")
  case $scenario in
    quiet | drowned) echo '{"answers": {}, "lost": []}' >"$work/traffic" ;;
    *)
      python3 canary-traffic.py "$front" "$API_KEY" >"$work/traffic" 2>"$work/traffic.log" &
      traffic=$!
      processes+=("$traffic")
      ;;
  esac
  if [ "$scenario" = drowned ]; then
    flood=()
    for i in 1 2 3; do
      while curl -s -o /dev/null "http://127.0.0.1:$front/nothing?n=[1-20000]"; do :; done &
      flood+=("$!")
    done
    processes+=("${flood[@]}")
  fi
  sleep 3
  promoted=yes
  case $scenario in
    quiet | drowned) release 15 || promoted=no ;;
    *) release 8 || promoted=no ;;
  esac
  # What runs after it is that which was good.
  sleep 3
  if [ "$scenario" = good ] && [ "$promoted" = yes ]; then
    kill -TERM "${pids[v1]}"
    wait "${pids[v1]}" || fail "the former version ended with $?"
    sleep 1
  fi
  kill "${orders[@]}"
  wait "${orders[@]}" 2>/dev/null || true
  if [ "$scenario" = drowned ]; then
    # Of this scenario: what came before is not in this Prometheus.
    share=$(ask_prometheus 'sum(increase(x0tta6bl4_http_requests_total{rollouts_pod_template_hash="v2", status=~"5.."}[2m]))
      / sum(increase(x0tta6bl4_http_requests_total{rollouts_pod_template_hash="v2"}[2m]))' | jq -r '.data.result[0].value[1]')
    kill "${flood[@]}"
    wait "${flood[@]}" 2>/dev/null || true
  fi
  case $scenario in
    quiet | drowned) ;;
    *)
      kill -TERM "$traffic"
      wait "$traffic"
      ;;
  esac
  kill "$prometheus"
  wait "$prometheus" || true
  echo "canary: $scenario: $(cat "$work/traffic")"
  jq -e '.lost == []' "$work/traffic" >/dev/null || fail "requests were lost"
  case $scenario in
    good)
      [ "$promoted" = yes ] || fail "a good version was rolled back"
      jq -e '[.answers | keys[] | select(test(" 5"))] == [] and .answers["v2 201"] > 20' "$work/traffic" >/dev/null || fail "a good version has failed"
      version v1
      ;;
    quiet) [ "$promoted" = yes ] || fail "a good version to which only the pipeline comes was rolled back" ;;
    drowned)
      [ "$promoted" = no ] || fail "a version that opens no order was promoted, since it finds other pages not"
      jq -en --arg share "$share" '$share | tonumber | . > 0 and . < 0.01' >/dev/null || fail "the failures were not drowned: $share of all"
      echo "canary: drowned: $share of the canary's answers were failures"
      sql "GRANT v1 TO v2"
      ;;
    bad)
      [ "$promoted" = no ] || fail "a bad version was promoted"
      jq -e '[.answers | keys[] | select(test("^v2 5"))] != [] and [.answers | keys[] | select(test("^v1 5"))] == []' "$work/traffic" >/dev/null ||
        fail "expected failures of the canary, and none of the stable version"
      sql "GRANT v1 TO v2"
      ;;
    silent) [ "$promoted" = no ] || fail "a version that nothing is known of was promoted" ;;
  esac
done
echo "canary: all passed"
