#!/usr/bin/env bash
# The drill of docs/disaster-recovery.md on a PostgreSQL of this machine: a base backup and the log behind it, a loss, a restore to the
# moment before, and a shop that goes on: nothing credited is lost, nothing is credited twice, and what was paid meanwhile is caught up.
# Needs the jar (mvn -q -DskipTests package), PostgreSQL's programs, and a few seconds.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
infra=$examples/infra
. "$infra/tests/lib.sh"

port=$(free_port)
database=$work/database
wal=$work/wal
mkdir "$database" "$wal" "$database-restored"
[ "$(id -u)" != 0 ] || chown nobody:nogroup "$database" "$wal" "$database-restored"
sql() {
  "$postgres/psql" -h 127.0.0.1 -p "$port" -U postgres -d shop -v ON_ERROR_STOP=1 -qAtc "$1"
}
start_database() {
  as_postgres "$postgres/pg_ctl" -D "$1" -w -t 60 -l "$1/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start >/dev/null ||
    fail "PostgreSQL does not start: $(tail -n 3 "$1/server.log")"
}
serve() {
  PORT=0 MANAGEMENT_PORT=0 DATABASE_URL=jdbc:postgresql://127.0.0.1:$port/shop DATABASE_USER=postgres launch "$1" serve
  url=http://127.0.0.1:$(sed -n 's/.*public port \([0-9]*\).*/\1/p' "$work/$1.out")
}
recovered() {
  [ "$(sql "SELECT pg_is_in_recovery()")" = f ]
}
credited() {
  sql "SELECT count(*) || ' ' || count(DISTINCT order_id) FROM x0_claim WHERE role = 'PAYMENT'"
}

as_postgres "$postgres/initdb" -D "$database" -U postgres --auth=trust --no-locale --encoding=UTF8 >/dev/null
cat >>"$database/postgresql.conf" <<CONF
archive_mode = on
archive_command = 'cp %p $wal/%f.part && mv $wal/%f.part $wal/%f'
CONF
start_database "$database"
"$postgres/psql" -h 127.0.0.1 -p "$port" -U postgres -d postgres -qc "CREATE DATABASE shop"
simulate
serve before

for i in $(seq 20); do open_order "$url" "DR-$i"; done
for i in $(seq 10); do pay "DR-$i"; done
for i in $(seq 10); do await "the payment of DR-$i" was_told "DR-$i"; done
chmod 700 "$database-restored"
as_postgres "$postgres/pg_basebackup" -h 127.0.0.1 -p "$port" -U postgres -D "$database-restored" --checkpoint=fast
say "base backup: 20 orders, $(credited) (payments, orders) credited"

for i in $(seq 21 40); do open_order "$url" "DR-$i"; done
for i in $(seq 11 25); do pay "DR-$i"; done
for i in $(seq 11 25); do await "the payment of DR-$i" was_told "DR-$i"; done
[ "$(credited)" = "25 25" ] || fail "expected 25 orders credited before the loss, not $(credited)"
sql "SELECT pg_create_restore_point('before_the_loss')" >/dev/null
say "behind the backup, in the log only: 20 more orders, 15 more payments credited"

sql "DROP TABLE x0_claim CASCADE"
# A statement of its own: the log must not end before the loss. It is in the segment that the switch ends.
segment=$(sql "SELECT pg_walfile_name(pg_switch_wal())")
lost=$(date +%s%N)
for i in $(seq 26 30); do pay "DR-$i"; done
await "segment $segment in the archive of the log" test -f "$wal/$segment"
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
as_postgres "$postgres/pg_ctl" -D "$database" -w -m immediate stop >/dev/null
rm -rf "$database"
say "lost: the table of what was credited, then the server; 5 buyers pay meanwhile"

cat >>"$database-restored/postgresql.conf" <<CONF
archive_mode = off
restore_command = 'cp $wal/%f %p'
recovery_target_name = 'before_the_loss'
recovery_target_action = promote
CONF
as_postgres touch "$database-restored/recovery.signal"
start_database "$database-restored"
await "the end of the recovery" recovered
[ "$(sql "SELECT count(*) FROM x0_order")" = 40 ] || fail "expected 40 orders after the restore, not $(sql "SELECT count(*) FROM x0_order")"
[ "$(credited)" = "25 25" ] || fail "expected 25 orders credited after the restore, not $(credited)"
orphans=$(sql "SELECT count(*) FROM x0_claim LEFT JOIN x0_order ON x0_order.id = order_id WHERE x0_order.id IS NULL")
[ "$orphans" = 0 ] || fail "$orphans credits have no order"
restored=$(date +%s%N)

serve after
open_order "$url" "DR-41"
serving=$(date +%s%N)
for i in $(seq 26 30); do await "the payment of DR-$i, made while nothing ran" was_told "DR-$i"; done
caught_up=$(date +%s%N)
[ "$(credited)" = "30 30" ] || fail "expected 30 orders credited once each in the end, not $(credited)"

seconds() {
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f s", (b - a) / 1e9 }'
}
say "restored to the moment before the loss: 40 orders, 25 credits, none without its order"
say "nothing that was credited is lost, nothing is credited twice: 30 orders, 30 payments"
say "from the loss to a database $(seconds "$lost" "$restored"), to a shop that takes orders $(seconds "$lost" "$serving"), until all is caught up $(seconds "$lost" "$caught_up")"
