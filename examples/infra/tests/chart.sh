#!/usr/bin/env bash
# Checks the chart without a cluster: lint and render with Helm 3 and 4, values that must be refused, the manifests against the types
# of Kubernetes and of the operators, and a scan of their configuration.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./tools.sh
chart=$infra/helm/x0tta6bl4
out=$target/manifests
rm -rf "$out"
mkdir -p "$out"
apis=monitoring.coreos.com/v1,argoproj.io/v1alpha1/Rollout,external-secrets.io/v1
scenarios=("values" "$chart/values-production.yaml" "$infra/values-staging.yaml" values/*.yaml)

for helm in "$HELM3" "$HELM4"; do
  version=$("$helm" version --template '{{.Version}}')
  for values in "${scenarios[@]}"; do
    arguments=()
    [ "$values" = values ] || arguments=(-f "$values")
    # It says only what differs.
    [ "$values" != "$infra/values-staging.yaml" ] || arguments=(-f "$chart/values-production.yaml" -f "$values")
    name=$(basename "$values" .yaml)
    "$helm" lint --strict "$chart" "${arguments[@]}" >"$out/lint" 2>&1 || fail "$version lint of $name: $(cat "$out/lint")"
    "$helm" template shop "$chart" --namespace shop --kube-version 1.32.0 "${arguments[@]}" >"$out/$name-plain.$version.yaml"
    "$helm" template shop "$chart" --namespace shop --kube-version 1.32.0 --api-versions "$apis" "${arguments[@]}" \
      >"$out/$name-operators.$version.yaml"
  done
done
v3=$("$HELM3" version --template '{{.Version}}')
v4=$("$HELM4" version --template '{{.Version}}')
for file in "$out"/*."$v3".yaml; do
  cmp -s "$file" "${file/$v3/$v4}" || fail "Helm 3 and 4 render $(basename "$file") differently: $(diff "$file" "${file/$v3/$v4}" | head -n 5)"
  rm "${file/$v3/$v4}"
  mv "$file" "${file/.$v3/}"
done
rm "$out/lint"
echo "chart: ${#scenarios[@]} values files, with and without operators, the same from Helm $v3 and $v4"

# What a slip of the hand must not get past.
refused=0
while read -r assignment; do
  if "$HELM3" template shop "$chart" --set "$assignment" >/dev/null 2>"$out/refusal"; then
    fail "the chart takes --set $assignment"
  fi
  refused=$((refused + 1))
done <<'VALUES'
replica=3
image.tagg=1
image.digest=sha256:12
settings.TRON_WALET=x
settings.API_KEY=a-secret-in-plain-sight-0123456789
settings.DATABASE_PASSWORD=secret
secret.keys={API_KEY}
secret.keys={API_KEY,LINK_KEY,WALLET}
replicas=0
replicas=2
autoscaling.enabled=true
rollout.mode=canary
rollout.mode=on
rollout.weights={0}
rollout.gate=closed
drainDelay=5s
ingress.host=https://shop
service.port=70000
networkPolicy.egress[0].cidr=everything
observe.capabilities={ALL}
observe.interfaces={}
monitoring.interval=15
VALUES
echo "chart: $refused wrong values are refused"

# The schema knows the settings of the app's README, and none else.
python3 - "$infra/../app/README.md" "$chart/values.schema.json" <<'PY' || fail "values.schema.json and the settings of the app's README differ"
import json, re, sys
plain, secret = set(), set()
for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", open(sys.argv[1]).read(), re.M):
    names = re.findall(r"`([A-Z_]+)`", row)
    (secret if len(names) == 2 else plain).add(names[0])
# Of the pod: ports and places are the template's business.
plain -= {"CONFIG_FILE", "PORT", "MANAGEMENT_PORT", "BIND_ADDRESS", "DATABASE_FILE", "DRAIN_DELAY"}
schema = json.load(open(sys.argv[2]))["properties"]
for what, expected, known in (
    ("settings", plain, set(schema["settings"]["properties"])),
    ("secret.keys", secret, set(schema["secret"]["properties"]["keys"]["items"]["enum"])),
):
    if expected != known:
        sys.exit(f"{what}: missing {sorted(expected - known)}, unknown {sorted(known - expected)}")
PY

node types.mjs "$MODULES" "$out"/*.yaml || fail "manifests do not match their types"
# The check itself finds a field that no type has, a missing one, and a wrong value.
broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
for edit in 's/readinessProbe:/redinessProbe:/' 's/targetPort: http/targetport: http/' 's/containerPort: 8080/containerPort: web/' \
  's/setWeight: 10$/setWeigth: 10/' 's/interval: 15s/interval: soon/'; do
  sed "$edit" "$out/values-production-operators.yaml" >"$broken/manifests.yaml"
  ! cmp -s "$out/values-production-operators.yaml" "$broken/manifests.yaml" || fail "$edit changes nothing"
  ! node types.mjs "$MODULES" "$broken/manifests.yaml" >/dev/null 2>&1 || fail "the types do not refuse $edit"
done
echo "chart: types refuse five broken manifests"

# What the parts of the chart have to agree on.
node - "$MODULES" "$out" <<'JS' || fail "parts of the chart do not agree"
const [, , modules, out] = process.argv;
const YAML = require(modules + "/yaml");
const read = (file) => YAML.parseAllDocuments(require("fs").readFileSync(out + "/" + file, "utf8")).map((d) => d.toJS()).filter((m) => m);
const found = (all, kind, pick = () => true) => {
  const one = all.filter((m) => m.kind === kind && pick(m));
  if (one.length !== 1) throw new Error(one.length + " of " + kind);
  return one[0];
};
const holds = (what, so) => { if (!so) throw new Error("not so: " + what); };
const within = (labels, selector) => Object.entries(selector.matchLabels).every(([name, value]) => labels[name] === value);
const production = read("values-production-operators.yaml");
const test = found(production, "Pod");
const policy = found(production, "NetworkPolicy");
for (const port of [8080, 9464])
  holds("the chart's test reaches " + port, policy.spec.ingress.some((rule) => rule.ports.some((p) => p.port === port) &&
    rule.from.some((from) => from.podSelector && !from.namespaceSelector && within(test.metadata.labels, from.podSelector))));
holds("the policy is of the shop only", !within(test.metadata.labels, policy.spec.podSelector));
const rollout = found(production, "Rollout");
const { steps, analysis } = rollout.spec.strategy.canary;
holds("the canary waits at its first weight", JSON.stringify(steps.slice(0, 2)) === '[{"setWeight":10},{"pause":{}}]');
holds("it is judged from the hold behind that", analysis.startingStep === 2 && steps[2].pause.duration === "5m");
holds("without a gate it is judged from its first hold", ((r) => r.analysis.startingStep === 1 && r.steps[1].pause.duration)(
  found(read("nginx-operators.yaml"), "Rollout").spec.strategy.canary));
const [metric] = found(production, "AnalysisTemplate").spec.metrics;
holds("no measurement before the query's window is full", metric.provider.prometheus.query.match(/\[(\w+)\]/g).every((w) => w === "[" + metric.initialDelay + "]"));
holds("a version that was stable comes back without a canary", rollout.spec.rollbackWindow.revisions > 0);
// Whatever the pods share and an upgrade changes would be changed under the version that runs.
const pod = rollout.spec.template.spec;
const shared = [...pod.containers[0].envFrom ?? [], ...pod.containers[0].env.filter((e) => e.valueFrom)];
holds("settings are in the template of the pod", shared.length === 0 && pod.containers[0].env.some((e) => e.name === "PUBLIC_URL"));
const made = production.filter((m) => ["ConfigMap", "Secret"].includes(m.kind)).map((m) => m.metadata.name);
holds("no object of the release is mounted", pod.volumes.every((v) => !made.includes(v.configMap?.name) && !made.includes(v.secret?.secretName)));
holds("observe does not hold up the release", found(production, "DaemonSet").spec.updateStrategy.rollingUpdate.maxUnavailable === "100%");
JS
echo "chart: its test gets past the policy, the canary is judged once there is something to judge, settings are each pod's own"

scan() {
  "$TRIVY" config --skip-policy-update --quiet --format json --severity MEDIUM,HIGH,CRITICAL "$1"
}
scan "$out" >"$out/scan.json" || fail "trivy failed"
python3 - "$out/scan.json" <<'PY' || fail "the scan has findings"
import json, sys
# What `observe` cannot do without: it attaches programs to the interfaces of the node.
NEEDED = {
    "KSV009": "the interfaces are those of the node's network",
    "KSV012": "Kubernetes gives added capabilities to root only",
    "KSV022": "BPF and NET_ADMIN are what attaching takes",
    "KSV024": "a port in the node's network is one of the node",
}
# What its way out for runtimes that do not know those names takes on top: tests/values/observe.yaml.
FALLBACK = {"KSV001": "privileged", "KSV017": "privileged", "KSV104": "privileged"}
results = json.load(open(sys.argv[1])).get("Results", [])
if len(results) < 8:
    sys.exit(f"the scan looked at {len(results)} files only")
def needed(file, finding):
    of_observe = "observe" in finding["Message"].split(" should ")[0]
    return of_observe and (finding["ID"] in NEEDED or (finding["ID"] in FALLBACK and file.startswith("observe-")))
every = [(r["Target"].split("/")[-1], m) for r in results for m in r.get("Misconfigurations", [])]
findings = {(m["ID"], m["Severity"], m["Title"], m["Message"]) for file, m in every if not needed(file, m)}
for finding in sorted(findings):
    print(*finding, file=sys.stderr)
print(f"chart: trivy looked at {len(results)} files, {len(findings)} findings of medium or above")
sys.exit(1 if findings else 0)
PY
sed 's/readOnlyRootFilesystem: true/readOnlyRootFilesystem: false/; s/allowPrivilegeEscalation: false/allowPrivilegeEscalation: true/' \
  "$out/values-plain.yaml" >"$broken/manifests.yaml"
scan "$broken" | grep -q '"Misconfigurations"' || fail "the scan does not see a container that may write and escalate"
echo "chart: all passed"
