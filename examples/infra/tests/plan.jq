# Holds a plan (terraform show -json) against what every environment has to have. Gives a sentence for each thing that is not so.
# $environment is production or staging.

def changes($type): .resource_changes[] | select(.type == $type and (.change.actions | index("create") or index("update")));
def known_or_later($name): .change.after[$name] != null or .change.after_unknown[$name] == true;
# The statements of a role's policy, or of a policy, by its name; none where it is not changed or not known yet.
def statements($type; $name): changes($type) | select(.change.after.name == $name or (.change.after.name | endswith("-" + $name)))
  | .change.after.policy // "{}" | fromjson | [.Statement[]?] ;
def actions: .Action | if type == "array" then . else [.] end;
def resources: .Resource | if type == "array" then . else [.] end;
def denies($action): any(.[]; .Effect == "Deny" and (actions | index($action)));
# Minutes of a day: of a window such as sun:03:30-sun:04:30, and of the beginning of a schedule such as cron(0 6 * * ? *).
def window: split("-") | map(split(":")[-2:] | map(tonumber) | .[0] * 60 + .[1]);
def begins: capture("^cron\\((?<minute>[0-9]+) (?<hour>[0-9]+) ") | (.hour | tonumber) * 60 + (.minute | tonumber);
def open_to_all: . == "0.0.0.0/0" or . == "::/0";

[
  (["aws_db_instance", "aws_eks_cluster", "aws_launch_template", "aws_backup_vault", "aws_vpc_security_group_ingress_rule",
    "aws_cloudwatch_log_group", "aws_cloudwatch_event_rule", "aws_flow_log", "aws_backup_restore_testing_plan"] - [.resource_changes[].type]
    | .[] | "there is no \(.)"),
  (changes("aws_vpc_security_group_ingress_rule") | select(.change.after | (.cidr_ipv4 // "" | open_to_all) or (.cidr_ipv6 // "" | open_to_all))
    | "\(.address): open to all"),
  (changes("aws_security_group") | select([.change.after.ingress[]? | (.cidr_blocks[]?, .ipv6_cidr_blocks[]?) | open_to_all] | any)
    | "\(.address): open to all"),
  (changes("aws_subnet") | select(.change.after.map_public_ip_on_launch == true) | "\(.address): gives public addresses by itself"),
  (changes("aws_db_instance") | select(.change.after.storage_encrypted != true) | "\(.address): not encrypted"),
  (changes("aws_db_instance") | select(.change.after.publicly_accessible != false) | "\(.address): public"),
  (changes("aws_db_instance") | select(.change.after.backup_retention_period < 7) | "\(.address): backups of less than a week"),
  (changes("aws_db_instance") | select($environment == "production" and .change.after.multi_az != true) | "\(.address): nothing stands by"),
  (changes("aws_db_instance") | select($environment == "production" and .change.after.deletion_protection != true)
    | "\(.address): can be deleted"),
  (changes("aws_eks_cluster") | select(.change.after.vpc_config[0] | .endpoint_public_access != false or .endpoint_private_access != true)
    | "\(.address): has a public endpoint"),
  (changes("aws_eks_cluster") | select(.change.after.access_config[0] | .authentication_mode != "API" or .bootstrap_cluster_creator_admin_permissions != false)
    | "\(.address): knows other administrators than access entries"),
  (changes("aws_eks_cluster") | select([.change.after.encryption_config[]?.resources[]?] | index("secrets") | not)
    | "\(.address): secrets are not encrypted"),
  (changes("aws_launch_template") | select(.change.after.metadata_options[0] | .http_tokens != "required" or .http_put_response_hop_limit != 1)
    | "\(.address): IMDSv2 is not required, or reachable for pods"),
  (changes("aws_launch_template") | select([.change.after.block_device_mappings[].ebs[].encrypted] | all(. == "true") | not)
    | "\(.address): disks are not encrypted"),
  (changes("aws_cloudwatch_log_group") | select((.change.after.retention_in_days // 0) < 30 or (known_or_later("kms_key_id") | not))
    | "\(.address): kept for less than 30 days or for ever, or not encrypted"),
  (changes("aws_backup_vault") | select(known_or_later("kms_key_arn") | not) | "\(.address): not encrypted"),
  # AWS Backup begins nothing in these windows or in the hour before. Days are not looked at: no day has to be known to be free.
  ([.resource_changes[] | select(.type == "aws_db_instance") | .change.after // {} | .backup_window, .maintenance_window | values | window] as $windows
    | .resource_changes[] | select(.change.after != null)
    | (select(.type == "aws_backup_plan") | .address as $plan | .change.after.rule[]
        | {name: "\($plan): \(.rule_name)", from: (.schedule | begins), within: .start_window}),
      (select(.type == "aws_backup_restore_testing_plan")
        | {name: .address, from: (.change.after.schedule_expression | begins), within: (.change.after.start_window_hours * 60)})
    | . as $job | select(any($windows[]; . as [$open, $shut] | any((-1440, 0, 1440); $job.from < $shut + . and $job.from + $job.within > $open - 60 + .)))
    | "\($job.name): may begin in a window of the database, or in the hour before"),
  ([.resource_changes[] | select(.type == "aws_cloudwatch_event_rule") | .change.after.event_pattern // "{}" | fromjson] as $patterns
    | {"Backup Job": "state", "Copy Job": "state", "Restore Job": "status"} | to_entries[] | . as $job
    | select(any($patterns[]; .source == ["aws.backup"] and (."detail-type" | index("\($job.key) State Change")) and (.detail[$job.value] // [] | index("FAILED"))) | not)
    | "nobody is told of a \(.key) that fails"),
  (changes("aws_sns_topic") | select(known_or_later("kms_master_key_id") | not) | "\(.address): not encrypted"),
  (changes("aws_kms_key") | select(.change.after.enable_key_rotation != true) | "\(.address): does not rotate"),
  (changes("aws_iam_role") | select((.change.after.name | test("-gitlab-") | not) and (known_or_later("permissions_boundary") | not))
    | "\(.address): has no boundary"),
  (changes("aws_iam_role") | select(.change.after.name | test("-gitlab-"))
    | . as $role | (.change.after.assume_role_policy // "{}" | fromjson) as $trust | [$trust.Statement[]? | .Condition // {}] as $conditions
    | [$conditions[] | to_entries[] | .key as $test | .value | to_entries[] | {test: $test, of: (.key | split(":") | last), value: .value}] as $all
    | if ([$all[] | select(.of == "aud" and .test == "StringEquals")] | length) == 0 then "\($role.address): any audience may take it"
      elif ([$all[] | select(.of == "sub" and (.value | tostring | test("^project_path:[^*]+:ref_type:")))] | length) == 0
        then "\($role.address): any project may take it"
      elif ($role.change.after.name | test("-(apply|deploy)$")) and ([$all[] | select(.of == "sub" and .test == "StringEquals" and (.value | tostring | test("\\*") | not))] | length) == 0
        then "\($role.address): any branch may take it"
      else empty end),
  (changes("aws_iam_openid_connect_provider") | "\(.address): an account has one, whatever environments are in it"),
  (changes("aws_iam_role_policy_attachment") | select(.change.after.role | test("-gitlab-"))
    | "\(.address): the pipeline gets \(.change.after.policy_arn | split("/") | last), which nobody here has written"),
  (statements("aws_iam_role_policy"; "plan")
    | (.[] | select(.Effect == "Allow") | . as $statement | actions[]
        | select(test("^(s3|ssm|dynamodb|logs|secretsmanager):(\\*|Get(\\*|Object|Parameter|SecretValue|LogEvents))") and ($statement.Resource | tostring | test("arn:aws:s3:::") | not))
        | "the role that plans may read what is kept: \(.)"),
      (.[] | select(.Effect == "Allow") | . as $statement | actions[]
        | select(test(":(Get|List|Describe)|^kms:(Decrypt|GenerateDataKey)$") or ($statement.Sid == "Lock") | not) | "the role that plans may do more than read: \(.)")),
  (("plan", "apply") as $role | statements("aws_iam_role_policy"; $role)[] | select(.Effect == "Allow" and any(actions[]; startswith("s3:")))
    | resources[] | select(test("^arn:aws:s3:::[^*/]+(/[^*]+\\.tfstate(\\.tflock)?)?$") | not)
    | "the role \($role) reaches more of S3 than the state of its environment: \(.)"),
  (statements("aws_iam_role_policy"; "plan")[] | select(.Effect == "Allow") | actions[] | select(test("^iam:(Get|List)?\\*$"))
    | "the role that plans reads every identity of the account: \(.)"),
  (statements("aws_iam_role_policy"; "deploy")
    | select([.[] | actions[]] != ["eks:DescribeCluster"] or any(.[]; .Resource == "*")) | "the role that deploys may do more than find its cluster"),
  (("secretsmanager:GetSecretValue", "backup:DeleteRecoveryPoint", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "rds:DeleteDBInstance",
      "rds:DeleteDBSnapshot", "s3:DeleteObjectVersion") as $action
    | ((statements("aws_iam_role_policy"; "apply") | ["the role that applies", .]), (statements("aws_iam_policy"; "boundary") | ["the boundary", .]))
    | select(.[1] | denies($action) | not) | "\(.[0]) does not deny \($action)"),
  (statements("aws_iam_policy"; "boundary")[] | select(.Effect == "Allow") | actions[] | select(. == "iam:*" or . == "iam:PassRole")
    | "the boundary lets roles work by others: \(.)"),
  (statements("aws_iam_role_policy"; "apply")
    | ((("iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy", "iam:AttachRolePolicy") as $action | ("-gitlab-*", "-external-secrets", "-backup") | [$action, .]),
        (("-gitlab-*", "-external-secrets") | ["iam:PassRole", .])) as [$action, $role]
      | select(any(.[]; .Effect == "Deny" and (actions | index($action)) and any(resources[]; endswith($role))) | not)
        | "the role that applies may be more than it is, by \($action) of …\($role)"),
  (statements("aws_iam_role_policy"; "apply")
    | select(any(.[]; .Effect == "Allow" and (actions | index("iam:PassRole")) and .Condition.StringEquals["iam:PassedToService"] == null))
    | "the role that applies gives roles to any service")
]
