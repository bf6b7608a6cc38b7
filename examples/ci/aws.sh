# Sourced: lets the programs of a job take a role in AWS with the job's token, which lasts as long as the job.
need AWS_ROLE_ARN AWS_TOKEN
AWS_WEB_IDENTITY_TOKEN_FILE=$(mktemp)
export AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_SESSION_NAME=gitlab-${CI_JOB_ID:-0}
trap 'rm -f "$AWS_WEB_IDENTITY_TOKEN_FILE"' EXIT
printf '%s' "$AWS_TOKEN" >"$AWS_WEB_IDENTITY_TOKEN_FILE"
unset AWS_TOKEN
