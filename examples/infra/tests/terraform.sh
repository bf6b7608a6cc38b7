#!/usr/bin/env bash
# Checks the Terraform code without an account: format, validity against the real provider's schema, the modules' own tests, a plan of each
# environment whose JSON is held against what it has to have, a scan, and the state backend on a real S3 server.
# Uses a mirror on this machine that holds hashicorp/aws, where there is one, and the registry elsewhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./tools.sh
command -v terraform >/dev/null || fail "terraform is not installed"
command -v jq >/dev/null || fail "jq is not installed"
source=$infra/terraform
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_PLUGIN_CACHE_DIR=

if [ ! -f "${TF_CLI_CONFIG_FILE:-}" ]; then
  export TF_CLI_CONFIG_FILE=$work/terraformrc
  : >"$TF_CLI_CONFIG_FILE"
  provider=$(find /opt /usr/local/share /usr/share "$HOME/.local/share" "$HOME/.terraform.d" -type d -path '*/hashicorp/aws' -print -quit 2>/dev/null || true)
  if [ -n "$provider" ]; then
    host=$(dirname "$(dirname "$provider")")
    printf 'provider_installation {\n  filesystem_mirror {\n    path    = "%s"\n    include = ["%s/hashicorp/aws"]\n  }\n}\n' \
      "$(dirname "$host")" "$(basename "$host")" >"$TF_CLI_CONFIG_FILE"
  fi
fi

terraform -chdir="$source" fmt -check -recursive -diff || fail "terraform fmt would change files"

# In a copy, so that nothing of it is left in the checkout.
cp -r "$source" "$work/terraform"
run() {
  "$@" >"$work/out" 2>&1 || fail "$* failed: $(cat "$work/out")"
}
# Two at a time: each is the work of one processor.
printf '%s\n' "$work"/terraform/aws/* | xargs -P 2 -I{} bash -c '
  cd "$1" && {
    terraform init -backend=false -input=false -no-color && terraform validate -no-color && terraform test -no-color
  } >"$2/$(basename "$1").out" 2>&1 || { cat "$2/$(basename "$1").out" >&2; exit 255; }' - {} "$work" || fail "a module is not valid, or a test of it fails"
tests=0
for module in "$work"/terraform/aws/*; do
  passed=$(sed -n 's/^Success! \([0-9]*\) passed.*/\1/p' "$work/$(basename "$module").out")
  [ "${passed:-0}" -gt 0 ] || fail "$(basename "$module") has no tests"
  tests=$((tests + passed))
done
echo "terraform: $(ls "$work/terraform/aws" | wc -l) modules are valid, $tests tests passed"

# A name that the provider does not know is found.
mkdir "$work/broken"
cp "$work"/terraform/aws/key/*.tf "$work/broken"
sed -i 's/enable_key_rotation /enable_key_rotaton /' "$work/broken/main.tf"
run terraform -chdir="$work/broken" init -backend=false -input=false -no-color
if terraform -chdir="$work/broken" validate >/dev/null 2>&1; then fail "validate takes an argument that there is none of"; fi

held() {
  jq -r --arg environment "$1" -f plan.jq "$2"
}
for environment in staging production; do
  root=$work/terraform/envs/$environment
  run terraform -chdir="$root" init -backend=false -input=false -no-color
  run terraform -chdir="$root" validate -no-color
  cp offline_override.tf "$root"
  run terraform -chdir="$root" init -reconfigure -input=false -no-color
  run terraform -chdir="$root" plan -input=false -no-color -out=tf.plan
  terraform -chdir="$root" show -json tf.plan >"$work/$environment.json"
  violations=$(held "$environment" "$work/$environment.json")
  [ "$violations" = "[]" ] || fail "the plan of $environment is not what it has to be: $violations"
  # The roles reach the state where the backend has it.
  given=$(jq -r '.configuration.root_module.module_calls.shop.expressions | .state_bucket.constant_value + "/" + .state_key.constant_value' "$work/$environment.json")
  kept=$(sed -nE 's/^ +(bucket|key) += "(.*)"$/\2/p' "$source/envs/$environment/versions.tf" | paste -sd/)
  [ "$given" = "$kept" ] || fail "the roles of $environment reach its state in $given, and it is in $kept"
  echo "terraform: the plan of $environment makes $(jq '.resource_changes | length' "$work/$environment.json") resources and holds"
done

# In one account both can be there: nothing that an account has one of by that name is in both. Of those that have a name, these have
# it within another resource.
unique() {
  jq -r '.resource_changes[] | select(.mode == "managed" and (.type | IN("aws_iam_role_policy", "aws_backup_restore_testing_selection") | not))
    | .type as $type | .change.after | .name // .identifier // .url // .bucket | values | "\($type) \(.)"' "$1" | sort
}
[ "$(unique "$work/production.json" | wc -l)" -gt 25 ] || fail "only $(unique "$work/production.json" | wc -l) unique names were found"
both=$(comm -12 <(unique "$work/production.json") <(unique "$work/staging.json"))
[ -z "$both" ] || fail "both environments make $both"
jq '(.resource_changes[] | select(.type == "aws_sns_topic") | .change.after.name) = "shop-production-backup-alarms"' "$work/staging.json" >"$work/edited.json"
[ -n "$(comm -12 <(unique "$work/production.json") <(unique "$work/edited.json"))" ] || fail "a name that both environments have is not seen"
echo "terraform: of $(unique "$work/production.json" | wc -l) names that an account has once the environments share none"

# The assertions themselves: each of these breaks one thing of the plan.
broken=0
while read -r edit; do
  jq "$edit" "$work/production.json" >"$work/edited.json"
  if cmp -s <(jq -S . "$work/production.json") <(jq -S . "$work/edited.json"); then fail "the edit changes nothing: $edit"; fi
  [ "$(held production "$work/edited.json" | jq length)" -gt 0 ] || fail "the assertions do not see: $edit"
  broken=$((broken + 1))
done <<'EDITS'
(.resource_changes[] | select(.type == "aws_vpc_security_group_ingress_rule") | .change.after.cidr_ipv4) = "0.0.0.0/0"
(.resource_changes[] | select(.type == "aws_db_instance") | .change.after.storage_encrypted) = false
(.resource_changes[] | select(.type == "aws_db_instance") | .change.after.publicly_accessible) = true
(.resource_changes[] | select(.type == "aws_db_instance") | .change.after.multi_az) = false
(.resource_changes[] | select(.type == "aws_db_instance") | .change.after.deletion_protection) = false
(.resource_changes[] | select(.type == "aws_eks_cluster") | .change.after.vpc_config[0].endpoint_public_access) = true
(.resource_changes[] | select(.type == "aws_eks_cluster") | .change.after.encryption_config) = []
(.resource_changes[] | select(.type == "aws_launch_template") | .change.after.metadata_options[0].http_tokens) = "optional"
(.resource_changes[] | select(.type == "aws_launch_template") | .change.after.block_device_mappings[0].ebs[0].encrypted) = "false"
(.resource_changes[] | select(.type == "aws_cloudwatch_log_group") | .change.after.retention_in_days) = 0
(.resource_changes[] | select(.type == "aws_kms_key") | .change.after.enable_key_rotation) = false
(.resource_changes[] | select(.type == "aws_iam_role") | .change.after_unknown.permissions_boundary) = false
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role.apply") | .change.after.assume_role_policy) |= sub("ref:main"; "ref:*")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role.plan") | .change.after.assume_role_policy) |= sub(":aud"; ":audience")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role.plan") | .change.after.assume_role_policy) |= sub("payments/shop"; "*")
del(.resource_changes[] | select(.type == "aws_flow_log"))
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role.deploy") | .change.after.assume_role_policy) |= sub("ref:main"; "ref:*")
(.resource_changes[] | select(.type == "aws_sns_topic") | .type) = "aws_iam_openid_connect_provider"
(.resource_changes[] | select(.type == "aws_iam_role_policy_attachment") | .change.after.role) = "shop-production-gitlab-plan"
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.plan") | .change.after.policy) |= sub("sns:Get"; "logs:Get")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.plan") | .change.after.policy) |= sub("sns:Get\\*"; "sns:Publish")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.deploy") | .change.after.policy) |= sub("eks:DescribeCluster"; "eks:*")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.apply") | .change.after.policy) |= sub("secretsmanager:GetSecretValue"; "secretsmanager:ListSecrets")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_policy.boundary") | .change.after.policy) |= sub("kms:ScheduleKeyDeletion"; "kms:ListKeys")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.apply") | .change.after.policy) |= sub("external-secrets"; "external")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.apply") | .change.after.policy) |= sub("iam:PassedToService"; "iam:AssociatedResourceArn")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.apply") | .change.after.policy) |= sub("shop-production-backup"; "shop-production-back")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.apply") | .change.after.policy) |= sub("kms:PutKeyPolicy"; "kms:GetKeyPolicy")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.apply") | .change.after.policy) |= sub("sns:\\*"; "s3:*")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.plan") | .change.after.policy) |= sub("x0tta6bl4/production"; "*")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_role_policy.plan") | .change.after.policy) |= sub("iam:GetRole\\*"; "iam:Get*")
(.resource_changes[] | select(.address == "module.shop.module.security.aws_iam_policy.boundary") | .change.after.policy) |= sub("iam:CreateServiceLinkedRole"; "iam:PassRole")
(.resource_changes[] | select(.type == "aws_backup_plan") | .change.after.rule[0].schedule) = "cron(0 4 * * ? *)"
(.resource_changes[] | select(.type == "aws_backup_plan") | .change.after.rule[0].schedule) = "cron(30 23 * * ? *)" | (.resource_changes[] | select(.type == "aws_backup_plan") | .change.after.rule[0].start_window) = 120
(.resource_changes[] | select(.type == "aws_backup_restore_testing_plan") | .change.after.schedule_expression) = "cron(0 1 ? * SUN *)"
(.resource_changes[] | select(.type == "aws_db_instance") | .change.after.maintenance_window) = "sun:06:30-sun:07:30"
(.resource_changes[] | select(.type == "aws_cloudwatch_event_rule") | .change.after.event_pattern) |= sub("Copy Job"; "Scan Job")
(.resource_changes[] | select(.type == "aws_cloudwatch_event_rule") | .change.after.event_pattern) |= sub("\"status\""; "\"state\"")
EDITS
echo "terraform: the assertions see $broken plans that are broken in one thing"

"$TRIVY" config --skip-policy-update --quiet --format json --severity MEDIUM,HIGH,CRITICAL "$source" >"$work/scan.json" || fail "trivy failed"
python3 - "$work/scan.json" <<'PY' || fail "the scan has findings"
import json, sys
# What stays, and why: by trivy's identifier and the file.
ACCEPTED = {
    ("AWS-0057", "aws/networking/flow-logs.tf"): "streams of the one log group that the role writes",
    ("AWS-0057", "aws/security/boundary.tf"): "a boundary is the most that a role may do, not what it may do",
    ("AWS-0057", "aws/security/gitlab.tf"): "Terraform makes and takes away whatever a reviewed plan says; identities are bounded and denied",
    ("AWS-0057", "aws/security/workloads.tf"): "the controller's reading cannot be bounded by resource, its writing is by tag",
    ("AWS-0089", "aws/account/main.tf"): "who reads the state is in the account's trail",
    ("AWS-0177", "aws/data/main.tf"): "staging may be thrown away; production is asserted on its plan",
}
results = json.load(open(sys.argv[1])).get("Results", [])
if len(results) < 10:
    sys.exit(f"the scan looked at {len(results)} files only")
left, stale = set(), set(ACCEPTED)
for result in results:
    for finding in result.get("Misconfigurations") or []:
        key = (finding["AVDID"].removeprefix("AVD-"), result["Target"])
        stale.discard(key)
        if key not in ACCEPTED:
            left.add((*key, finding["Severity"], finding["Message"]))
for finding in sorted(left):
    print(*finding, file=sys.stderr)
for finding in sorted(stale):
    print("accepted, and there is none:", *finding, file=sys.stderr)
print(f"terraform: trivy looked at {len(results)} files, {len(left)} findings of medium or above beside {len(ACCEPTED)} that are accepted")
sys.exit(1 if left or stale else 0)
PY

# The backend of production as it is written, on a real S3 server.
run mvn -B -ntp -q -f s3proxy/pom.xml dependency:copy-dependencies -DoutputDirectory="$work/s3proxy" -DincludeScope=runtime
mkdir -p "$work/buckets/example-terraform-state" "$work/root"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.authorization=none
s3proxy.ignore-unknown-headers=true
jclouds.provider=filesystem-nio2
jclouds.identity=local
jclouds.credential=local
jclouds.filesystem.basedir=$work/buckets
CONF
java -cp "$work/s3proxy/*" org.gaul.s3proxy.Main --properties "$work/s3proxy.conf" >"$work/s3proxy.log" 2>&1 &
server=$!
for i in $(seq 100); do
  if curl -s -o /dev/null "http://127.0.0.1:$port/"; then break; fi
  kill -0 "$server" 2>/dev/null || fail "s3proxy ended: $(tail -n 3 "$work/s3proxy.log")"
  sleep 0.2
done
{
  echo 'terraform {'
  sed -n '/^  backend "s3" {/,/^  }/p' "$source/envs/production/versions.tf" | sed '$d'
  cat <<BACKEND
    access_key                  = "local"
    secret_key                  = "local"
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    skip_s3_checksum            = true
    endpoints                   = { s3 = "http://127.0.0.1:$port" }
  }
}
resource "terraform_data" "proof" { input = "kept in S3" }
BACKEND
} >"$work/root/main.tf"
run terraform -chdir="$work/root" init -input=false -no-color
run terraform -chdir="$work/root" plan -input=false -no-color -out=tf.plan
run terraform -chdir="$work/root" apply -input=false -no-color tf.plan
state=$(curl -sf "http://127.0.0.1:$port/example-terraform-state/x0tta6bl4/production.tfstate") || fail "there is no state in the bucket"
jq -e '.resources[0].instances[0].attributes.output.value == "kept in S3"' <<<"$state" >/dev/null || fail "the state in the bucket is another: $state"
run terraform -chdir="$work/root" plan -input=false -no-color -detailed-exitcode
sed -i 's/use_lockfile/use_lokfile/' "$work/root/main.tf"
if terraform -chdir="$work/root" init -reconfigure -input=false >/dev/null 2>&1; then fail "init takes a backend with a slip of the hand"; fi
echo "terraform: init, plan and apply of the plan keep the state in S3"
echo "terraform: all passed"
