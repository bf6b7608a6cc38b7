#!/usr/bin/env bash
# Shows the chart and the pipeline's scripts on the cluster that KUBECONFIG names: install, an order that is paid, upgrade and health checks,
# bad upgrades that are rolled back, a rollback by hand, a deploy that was killed, a pod that goes while orders come in, and packets that are
# counted. It makes a namespace of its own and takes it away; the pipeline's scripts run as somebody who may do nothing outside of it.
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
controller=

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
  [ -z "$controller" ] || kill "$controller" 2>/dev/null || true
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

# What the pods call the shop: a line, where they agree.
shop_name() {
  local pod page
  page=$(open_order "$(endpoints | head -n 1)" "NAME-$SECONDS-$RANDOM" tron | sed -n 's#.*"checkout_url":"http://shop.test\([^"]*\)".*#\1#p')
  for pod in $(endpoints); do
    fetch "http://$pod:8080$page" | sed -n 's#.*<span class="shop">\([^<]*\)<.*#\1#p'
  done | sort -u
}

# usage: pipeline SCRIPT [ARGUMENT...]; as who deploys
pipeline() {
  KUBECONFIG=$work/deployer "$ci/$1.sh" "${@:2}"
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

# The chart's own test needs the cluster's name service and its services.
if [ -z "$("$KUBECTL" get endpoints kube-dns -n kube-system -o jsonpath='{.subsets[*].addresses[*].ip}' 2>/dev/null)" ]; then
  export HELM_TEST=no
fi

"$KUBECTL" create namespace "$NAMESPACE" >/dev/null
# As the access entry of Terraform's module eks has it: all of the namespace, and nothing else.
kubectl create serviceaccount deployer >/dev/null
kubectl create rolebinding deployer --clusterrole cluster-admin --serviceaccount "$NAMESPACE:deployer" >/dev/null
"$KUBECTL" config view --raw --flatten --minify --output json |
  jq --arg who "system:serviceaccount:$NAMESPACE:deployer" '.users[].user.as = $who' >"$work/deployer"
if "$KUBECTL" --kubeconfig "$work/deployer" auth can-i create namespaces >/dev/null 2>&1; then fail "who deploys may make namespaces"; fi
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
  pipeline deploy --values "$work/values.yaml" "$@" >"$work/deploy" 2>&1
}

deploy --set settings.SHOP_NAME=first || fail "the installation failed: $(cat "$work/deploy")"
[ "$(endpoints | wc -l)" = 2 ] || fail "expected two pods that are ready, not $(endpoints | wc -l)"
step "installed by Helm $("$HELM" version --template '{{.Version}}') with no right outside of the namespace, two pods ready"

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

alb=(--set ingress.enabled=true --set ingress.className=alb)
if deploy --set settings.SHOP_NAME=second "${alb[@]}"; then fail "a load balancer's pods are deployed without its readiness gate"; fi
grep -q "has no label elbv2" "$work/deploy" || fail "the missing label is not named: $(cat "$work/deploy")"
"$KUBECTL" label namespace "$NAMESPACE" elbv2.k8s.aws/pod-readiness-gate-inject=enabled >/dev/null
deploy --set settings.SHOP_NAME=second "${alb[@]}" || fail "the upgrade failed: $(cat "$work/deploy")"
[ "$(shop_name)" = second ] || fail "the upgrade is not there"
reach
URL=$url API_KEY=$key MAX_SECONDS=10 SOAK=4 PAUSE=1 pipeline promote >"$work/deploy" 2>&1 || fail "a good version is not promoted: $(cat "$work/deploy")"
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
if URL=http://127.0.0.1:9 PAUSE=1 pipeline promote >"$work/deploy" 2>&1; then fail "a version that fails its health checks is promoted"; fi
[ "$(shop_name)" = second ] || fail "what failed its health checks was not rolled back: $(cat "$work/deploy")"
step "a version that gets ready and fails its health checks is rolled back by the pipeline"

pipeline rollback >"$work/deploy" 2>&1 || fail "the rollback failed: $(cat "$work/deploy")"
[ "$(shop_name)" = first ] || fail "the rollback did not go back to the first version"
if pipeline rollback >"$work/deploy" 2>&1; then fail "a second rollback went somewhere: $(cat "$work/deploy")"; fi
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

deploy --set settings.SHOP_NAME=third --set observe.enabled=true --set "observe.interfaces={nosuch0}" ||
  fail "a node on which observe does not start keeps the shop from being deployed: $(cat "$work/deploy")"
reach
URL=$url API_KEY=$key MAX_SECONDS=10 SOAK=2 PAUSE=1 pipeline promote >"$work/deploy" 2>&1 || fail "the shop is not promoted for observe's sake: $(cat "$work/deploy")"
kill "$forward"
wait "$forward" 2>/dev/null || true
grep -q "observe is ready on 0 of" "$work/deploy" || fail "nothing is said of observe: $(cat "$work/deploy")"
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
step "the DaemonSet counts the packets of $interface: $before, then $after; one that does not start holds nothing up, and is told of"

# What the pipeline does where there are canaries, with the controller's part played by a script.
if "$KUBECTL" get crd rollouts.argoproj.io >/dev/null 2>&1; then
  step "the pipeline's part in canaries was left out: this cluster has Argo Rollouts, whose kinds this test would take away"
else
  "$KUBECTL" apply -f testbed/rollouts.yaml >/dev/null
  rollouts=yes
  "$KUBECTL" wait --for=condition=Established crd/rollouts.argoproj.io crd/analysistemplates.argoproj.io --timeout=30s >/dev/null
  python3 testbed/rollouts.py canary-x0tta6bl4 "$NAMESPACE" "$work/verdict" 2>"$work/controller" &
  controller=$!
  # usage: canary NAME; deploys a version that the shop's name tells
  canary() {
    RELEASE=canary deploy --set rollout.mode=auto --set rollout.gate=true --set "rollout.weights={10}" --set podDisruptionBudget.enabled=false --set "settings.SHOP_NAME=$1" ||
      fail "the canary $1 was not deployed: $(cat "$work/deploy")"
  }
  promote() {
    RELEASE=canary HELM_TEST=no URL=$url API_KEY=$key MAX_SECONDS=10 PAUSE=1 SOAK=2 DEADLINE=120 pipeline promote >"$work/deploy" 2>&1
  }
  # What all traffic goes to, by what the controller says.
  promoted() {
    kubectl get rollout.argoproj.io canary-x0tta6bl4 -o json | jq -r '
      (.spec.template.spec.containers[0].env[] | select(.name == "SHOP_NAME").value) as $name
      | if .status.stableRS == .status.currentPodHash and .status.phase == "Healthy" then $name else "not \($name), which is \(.status.phase)" end'
  }
  expect_promoted() {
    [ "$(promoted)" = "$1" ] || fail "expected $1 to be promoted $2, but it is $(promoted): $(cat "$work/deploy" "$work/controller")"
  }
  # Until there is a canary that waits.
  await_gate() {
    local i
    for i in $(seq 40); do
      if kubectl get rollout.argoproj.io canary-x0tta6bl4 -o json |
        jq -e '.status | .currentPodHash != .stableRS and .currentStepIndex == 1 and .phase == "Paused"' >/dev/null; then return; fi
      sleep 0.5
    done
    fail "there is no canary that waits: $(cat "$work/controller")"
  }
  reach
  echo good >"$work/verdict"
  canary first
  for i in $(seq 40); do
    if [ "$(promoted)" = first ]; then break; fi
    sleep 0.5
  done
  expect_promoted first "by the installation"
  echo bad >"$work/verdict"
  # The judgement of the first is still there when promote.sh begins.
  canary second
  if promote; then fail "a canary that was judged bad is promoted"; fi
  grep -q "judged bad" "$work/deploy" || fail "the judgement is not told: $(cat "$work/deploy")"
  expect_promoted first "in place of a bad canary"
  echo good >"$work/verdict"
  canary third
  await_gate
  sleep 3
  await_gate
  third=$("$HELM" history canary -n "$NAMESPACE" -o json | jq '.[-1].revision')
  promote || fail "a canary that was judged good is not promoted: $(cat "$work/deploy")"
  expect_promoted third "by a good judgement"
  step "a canary waits for the pipeline's orders; a bad one is taken back, a good one promoted"

  RELEASE=canary pipeline rollback >"$work/deploy" 2>&1 || fail "the rollback failed: $(cat "$work/deploy")"
  expect_promoted first "by a rollback after a promotion, when that has ended"
  RELEASE=canary pipeline rollback "$third" >"$work/deploy" 2>&1 || fail "the rollback to a revision failed: $(cat "$work/deploy")"
  expect_promoted third "by name, when the rollback has ended"
  canary fourth
  await_gate
  canary fifth
  grep -q "has left a canary" "$work/deploy" || fail "a canary that nobody goes on with is not seen: $(cat "$work/deploy")"
  promote || fail "a canary behind one that was left is not promoted: $(cat "$work/deploy")"
  expect_promoted fifth "in place of a canary that was left"
  for name in sixth seventh; do
    "$HELM" upgrade canary "$infra/helm/x0tta6bl4" -n "$NAMESPACE" --reuse-values --set "settings.SHOP_NAME=$name" >/dev/null
    await_gate
  done
  RELEASE=canary pipeline rollback >"$work/deploy" 2>&1 || fail "the rollback over two canaries failed: $(cat "$work/deploy")"
  expect_promoted fifth "by a rollback over two canaries, neither of them promoted"
  kill "$forward"
  wait "$forward" 2>/dev/null || true
  step "rollbacks end with all traffic on the version before, and never on one that was not promoted"
fi

if [ "${HELM_TEST:-yes}" = yes ]; then
  step "each promotion above had the chart's own test before it"
else
  step "the chart's own test was left out: this cluster has no name service"
fi
step "all passed"
