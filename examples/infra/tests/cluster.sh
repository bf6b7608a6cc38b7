#!/usr/bin/env bash
# Shows the chart and the pipeline's scripts on the cluster that KUBECONFIG names: install, an order that is paid, upgrade and health checks,
# bad upgrades that are rolled back, a rollback by hand, a deploy that was killed, a pod that goes while orders come in, and packets that are
# counted. It makes a namespace of its own and takes it away.
#
#   SHOP_IMAGE, TESTBED_IMAGE  names under which the nodes have the images (localhost/x0tta6bl4:latest, localhost/testbed:1)
#   OBSERVE_INTERFACE          an interface of the nodes (eth0)
#   HELM                       Helm 3 or 4 (that of the tools)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./tools.sh
[ -n "${KUBECONFIG:-}" ] || fail "KUBECONFIG is not set"
export HELM=${HELM:-$HELM3} KUBECTL RELEASE=shop NAMESPACE=shop-test-$$ TIMEOUT=${TIMEOUT:-120s}
shop_image=${SHOP_IMAGE:-localhost/x0tta6bl4:latest}
testbed_image=${TESTBED_IMAGE:-localhost/testbed:1}
interface=${OBSERVE_INTERFACE:-eth0}
ci=$infra/../ci
work=$(mktemp -d)
key=cluster-test-key-0123456789abcdef0123
began=$(date +%s)
rollouts=

kubectl() {
  "$KUBECTL" --namespace "$NAMESPACE" "$@"
}

clean() {
  local code=$?
  if [ "$code" -ne 0 ]; then
    kubectl get pods -o wide || true
    kubectl get events --sort-by=.lastTimestamp | tail -n 15 || true
    kubectl logs -l app.kubernetes.io/component=shop --tail=15 --prefix || true
    kubectl logs providers --all-containers --tail=15 --prefix || true
  fi >&2
  "$KUBECTL" delete namespace "$NAMESPACE" --wait=false >/dev/null 2>&1 || true
  [ -z "$rollouts" ] || "$KUBECTL" delete -f testbed/rollouts.yaml --wait=false >/dev/null 2>&1 || true
  rm -rf "$work"
  exit "$code"
}
trap clean EXIT

step() {
  echo "cluster: $* ($(($(date +%s) - began)) s)"
}

# Runs curl in the pod of the providers, which is where clients of the shop are.
fetch() {
  kubectl exec providers -c tls -- curl -sS -f -m 10 "$@"
}

# The addresses of the pods that a service would send to.
endpoints() {
  kubectl get endpoints shop-x0tta6bl4 -o jsonpath='{range .subsets[*].addresses[*]}{.ip}{"\n"}{end}'
}

open_order() {
  fetch -H "Authorization: Bearer $key" -H "Content-Type: application/json" \
    -d "{\"id\":\"$2\",\"network\":\"$3\",\"asset\":\"USDT\",\"amount\":\"25\"}" "http://$1:8080/api/orders"
}

pay() {
  fetch -d "{\"network\":\"$2\",\"asset\":\"USDT\",\"amount\":\"25\",\"memo\":\"$1\"}" http://127.0.0.1:9700/payments >/dev/null
}

await_credit() {
  local i
  for i in $(seq 60); do
    if fetch "http://127.0.0.1:9700/callbacks/$1" | grep -q order.verified; then return; fi
    sleep 0.5
  done
  fail "the merchant was not told of the payment of $1"
}

shop_name() {
  fetch "http://$(endpoints | head -n 1):8080/api/openapi.json" >/dev/null
  kubectl get configmap shop-x0tta6bl4 -o jsonpath='{.data.SHOP_NAME}'
}

# The shop as somebody outside sees it: sets url, and forward, the process that goes on until it is killed.
reach() {
  local port i
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  url=http://127.0.0.1:$port
  kubectl port-forward service/shop-x0tta6bl4 "$port:80" >/dev/null 2>&1 &
  forward=$!
  for i in $(seq 50); do
    if curl -s -o /dev/null "$url/api/openapi.json"; then return; fi
    sleep 0.1
  done
  fail "the shop cannot be reached by kubectl port-forward"
}

"$KUBECTL" create namespace "$NAMESPACE" >/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/tls.key" -out "$work/tls.crt" -subj /CN=providers.test \
  -addext subjectAltName=DNS:providers.test -days 2 2>/dev/null
keytool -importcert -noprompt -alias testbed -file "$work/tls.crt" -keystore "$work/ca.p12" -storetype PKCS12 -storepass changeit 2>/dev/null
kubectl create secret tls providers --cert "$work/tls.crt" --key "$work/tls.key" >/dev/null
kubectl create secret generic testbed-ca --from-file "$work/ca.p12" >/dev/null
kubectl create secret generic shop-keys --from-literal API_KEY=$key --from-literal LINK_KEY=cluster-link-key-0123456789abcdef01 \
  --from-literal OPERATOR_KEY=cluster-operator-key --from-literal CALLBACK_SECRET=callback-secret-0123456789abcdef01 \
  --from-literal DATABASE_PASSWORD=database-password >/dev/null
sed "s#SHOP_IMAGE#$shop_image#; s#TESTBED_IMAGE#$testbed_image#" testbed/testbed.yaml | kubectl apply -f - >/dev/null
kubectl wait --for=condition=Ready pod/database pod/providers --timeout=60s >/dev/null
step "a database and the simulated providers run"

cat >"$work/values.yaml" <<VALUES
image:
  repository: ${shop_image%:*}
  tag: ${shop_image##*:}
hostAliases:
  - {ip: $(kubectl get pod database -o jsonpath='{.status.podIP}'), hostnames: [database.test]}
  - {ip: $(kubectl get pod providers -o jsonpath='{.status.podIP}'), hostnames: [providers.test]}
VALUES
export VALUES="infra/tests/testbed/values.yaml"
deploy() {
  "$ci/deploy.sh" --values "$work/values.yaml" "$@" >"$work/deploy" 2>&1
}

deploy --set settings.SHOP_NAME=first || fail "the installation failed: $(cat "$work/deploy")"
[ "$(endpoints | wc -l)" = 2 ] || fail "expected two pods that are ready, not $(endpoints | wc -l)"
step "installed by Helm $("$HELM" version --template '{{.Version}}'), two pods ready"

# What the chart promises of its pods, as the kernel sees it.
pod=$(kubectl get pods -l app.kubernetes.io/component=shop -o jsonpath='{.items[0].metadata.name}')
kubectl get pod "$pod" -o json | jq -e '.spec | .automountServiceAccountToken == false and .containers[0].securityContext.readOnlyRootFilesystem
  and .containers[0].securityContext.capabilities.drop == ["ALL"] and .securityContext.runAsNonRoot' >/dev/null || fail "the pod is not what the chart says"
fetch "http://$(endpoints | head -n 1):9464/metrics" | grep -q '^process_start_time_seconds' || fail "no metrics"

for network in tron ton; do
  open_order "$(endpoints | head -n 1)" "CLUSTER-$network" "$network" >/dev/null
  pay "CLUSTER-$network" "$network"
  await_credit "CLUSTER-$network"
done
step "orders on both chains are opened, paid, credited, and the merchant told with a good signature"

deploy --set settings.SHOP_NAME=second || fail "the upgrade failed: $(cat "$work/deploy")"
[ "$(shop_name)" = second ] || fail "the upgrade is not there"
reach
URL=$url API_KEY=$key MAX_SECONDS=10 SOAK=4 PAUSE=1 "$ci/promote.sh" >"$work/deploy" 2>&1 || fail "a good version is not promoted: $(cat "$work/deploy")"
kill "$forward"
wait "$forward" 2>/dev/null || true
step "upgraded, checked from outside, and promoted"

if TIMEOUT=40s deploy --set settings.SHOP_NAME=bad --set settings.TRON_WALLET=TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJE; then
  fail "a version that cannot start was deployed"
fi
[ "$(shop_name)" = second ] || fail "the bad version was not rolled back"
[ "$(endpoints | wc -l)" = 2 ] || fail "the bad version has taken pods away"
"$HELM" history shop -n "$NAMESPACE" -o json | jq -e '.[-1] | .status == "deployed" and (.description | startswith("Rollback to"))' >/dev/null ||
  fail "Helm's history does not tell of the rollback"
step "a bad upgrade is rolled back by itself, while the former version serves"

deploy --set settings.SHOP_NAME=ill || fail "the upgrade failed: $(cat "$work/deploy")"
if URL=http://127.0.0.1:9 PAUSE=1 "$ci/promote.sh" >"$work/deploy" 2>&1; then fail "a version that fails its health checks is promoted"; fi
[ "$(shop_name)" = second ] || fail "what failed its health checks was not rolled back: $(cat "$work/deploy")"
step "a version that gets ready and fails its health checks is rolled back by the pipeline"

"$ci/rollback.sh" >"$work/deploy" 2>&1 || fail "the rollback failed: $(cat "$work/deploy")"
[ "$(shop_name)" = first ] || fail "the rollback did not go back to the first version"
if "$ci/rollback.sh" >"$work/deploy" 2>&1; then fail "a second rollback went somewhere: $(cat "$work/deploy")"; fi
step "rolled back by hand"

"$HELM" upgrade shop "$infra/helm/x0tta6bl4" -n "$NAMESPACE" --reuse-values --set settings.SHOP_NAME=killed --wait --timeout 60s >/dev/null 2>&1 &
killed=$!
for i in $(seq 50); do
  if "$HELM" status shop -n "$NAMESPACE" -o json | jq -e '.info.status == "pending-upgrade"' >/dev/null; then break; fi
  sleep 0.1
done
kill -KILL "$killed"
wait "$killed" 2>/dev/null || true
"$HELM" status shop -n "$NAMESPACE" -o json | jq -e '.info.status == "pending-upgrade"' >/dev/null || fail "the killed deploy has left nothing pending"
deploy --set settings.SHOP_NAME=third || fail "the deploy after a killed one failed: $(cat "$work/deploy")"
grep -q "was cut off" "$work/deploy" || fail "the deploy did not see the killed one"
[ "$(shop_name)" = third ] || fail "the deploy after a killed one is not there"
step "a killed deploy is repaired by the next"

# Orders come in one after the other, to whichever pods are ready, while one of the pods is drained.
victim=$(kubectl get pods -l app.kubernetes.io/component=shop -o jsonpath='{.items[0].metadata.name}')
orders=24
for i in $(seq "$orders"); do
  if [ "$i" = 6 ]; then kubectl delete pod "$victim" --wait=false >/dev/null; fi
  mapfile -t ready < <(endpoints)
  open_order "${ready[$((i % ${#ready[@]}))]}" "DRAIN-$i" tron >/dev/null || fail "order DRAIN-$i was refused"
  pay "DRAIN-$i" tron
done
for i in $(seq "$orders"); do await_credit "DRAIN-$i"; done
if kubectl get pod "$victim" >/dev/null 2>&1; then kubectl wait --for=delete "pod/$victim" --timeout=60s >/dev/null; fi
credited=$(kubectl exec database -- env PGPASSWORD=database-password psql -h 127.0.0.1 -U shop -d shop -Atc \
  "SELECT count(*) || ' ' || count(DISTINCT order_id) FROM x0_claim WHERE order_id LIKE 'DRAIN-%' AND role = 'PAYMENT'" 2>&1) || fail "$credited"
[ "$credited" = "$orders $orders" ] || fail "expected $orders orders credited once each, not $credited (claims, orders)"
step "a pod was drained while $orders orders came in: none refused, each credited once"

deploy --set settings.SHOP_NAME=third --set observe.enabled=true --set "observe.interfaces={$interface}" ||
  fail "observe was not deployed: $(cat "$work/deploy")"
kubectl rollout status daemonset/shop-x0tta6bl4-observe --timeout=60s >/dev/null || fail "observe does not get ready"
node=$(kubectl get pods -l app.kubernetes.io/component=observe -o jsonpath='{.items[0].status.hostIP}')
packets() {
  fetch "http://$node:9465/metrics" | awk '/^x0tta6bl4_ebpf_tc_packets_total/ { sum += $NF } END { printf "%d\n", sum }'
}
before=$(packets)
for i in 1 2 3 4 5; do fetch "http://$(endpoints | head -n 1):8080/api/openapi.json" >/dev/null; done
after=$(packets)
[ "$after" -gt "$before" ] || fail "no packets were counted on $interface: $before, then $after"
step "the DaemonSet counts the packets of $interface: $before, then $after"

# What the pipeline says and does where there are canaries, with the controller's part played here.
if "$KUBECTL" get crd rollouts.argoproj.io >/dev/null 2>&1; then
  step "the pipeline's part in canaries was left out: this cluster has Argo Rollouts, whose kinds this test would take away"
else
  "$KUBECTL" apply -f testbed/rollouts.yaml >/dev/null
  rollouts=yes
  "$KUBECTL" wait --for=condition=Established crd/rollouts.argoproj.io crd/analysistemplates.argoproj.io --timeout=30s >/dev/null
  canary() {
    RELEASE=canary deploy --set rollout.mode=auto --set podDisruptionBudget.enabled=false --set "settings.SHOP_NAME=$1" ||
      fail "the canary was not deployed: $(cat "$work/deploy")"
  }
  # usage: judge PHASE; what the controller would say of it
  judge() {
    local generation
    generation=$(kubectl get rollout.argoproj.io canary-x0tta6bl4 -o jsonpath='{.metadata.generation}')
    kubectl patch rollout.argoproj.io canary-x0tta6bl4 --subresource=status --type=merge \
      --patch "{\"status\":{\"phase\":\"$1\",\"observedGeneration\":\"$generation\"}}" >/dev/null
  }
  reach
  canary first
  judge Healthy
  # Here the judgement of the first is still there when promote.sh begins.
  canary second
  (sleep 3 && judge Progressing && sleep 3 && judge Degraded) &
  if RELEASE=canary URL=$url API_KEY=$key MAX_SECONDS=10 PAUSE=1 "$ci/promote.sh" >"$work/deploy" 2>&1; then fail "a canary that was judged bad is promoted"; fi
  kubectl get rollout.argoproj.io canary-x0tta6bl4 -o json | jq -e '.status.abort == true' >/dev/null || fail "the canary was not aborted: $(cat "$work/deploy")"
  [ "$(kubectl get configmap canary-x0tta6bl4 -o jsonpath='{.data.SHOP_NAME}')" = first ] || fail "the former version is not back: $(cat "$work/deploy")"
  canary third
  judge Progressing
  (sleep 3 && judge Healthy) &
  RELEASE=canary URL=$url API_KEY=$key MAX_SECONDS=10 PAUSE=1 "$ci/promote.sh" >"$work/deploy" 2>&1 || fail "a canary that was judged good is not promoted: $(cat "$work/deploy")"
  kill "$forward"
  wait "$forward" 2>/dev/null || true
  step "the pipeline waits for the judgement of a canary, aborts and takes back a bad one, and ends with a good one"
fi

# The chart's own test needs the cluster's name service and its services.
if [ -n "$("$KUBECTL" get endpoints kube-dns -n kube-system -o jsonpath='{.subsets[*].addresses[*].ip}' 2>/dev/null)" ]; then
  "$HELM" test shop -n "$NAMESPACE" >/dev/null || fail "helm test failed"
  step "helm test passed"
else
  step "helm test was left out: this cluster has no name service"
fi
step "all passed"
