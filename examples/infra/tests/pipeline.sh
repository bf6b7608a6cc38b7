#!/usr/bin/env bash
# Checks the pipeline: its file against GitLab's own schema, the jobs that a branch and a schedule get, variants that are broken in one thing,
# the scripts' syntax, and that each job is a call of scripts that are there.
# usage: pipeline.sh [JOB...]; runs those jobs too, in a clone of the last commit as GitLab's runner would. Of those that need neither a
# cluster nor an account, image.sh runs the one that builds the image.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./tools.sh
repository=$(cd "$infra/../.." && pwd)
file=$repository/examples/.gitlab-ci.yml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# usage: gitlab FOLDER ARGUMENT...
gitlab() {
  (cd "$1" && "$MODULES/.bin/gitlab-ci-local" --file examples/.gitlab-ci.yml "${@:2}")
}

for script in "$repository"/examples/ci/*.sh "$repository"/examples/scripts/*.sh; do
  bash -n "$script" || fail "$script does not parse"
done

# A repository of its own: what is asked of is the branch, not the checkout. usage: checkout FOLDER
checkout() {
  git init -q -b main "$1"
  mkdir -p "$1/examples"
  cp "$file" "$1/examples/.gitlab-ci.yml"
  cp -r "$repository/examples/ci" "$repository/examples/scripts" "$1/examples/"
  git -C "$1" add -A
  git -C "$1" -c user.name=test -c user.email=test@localhost commit -qm test
}
# usage: jobs FOLDER [VARIABLE=VALUE...]; prints the names of the jobs
jobs_of() {
  local folder=$1 variable arguments=()
  shift
  for variable in "$@"; do arguments+=(--variable "$variable"); done
  gitlab "$folder" --list-json "${arguments[@]}" 2>"$work/error" | sed -n '/^\[/,$p' | jq -r '.[] | select(.when != "never") | .name' | sort | tr '\n' ' '
}
checkout "$work/main"
gitlab "$work/main" --list >/dev/null 2>"$work/error" || fail "the file is not valid: $(cat "$work/error")"
on_main=$(jobs_of "$work/main")
expected="apply:production apply:staging build-image deploy:production deploy:staging infra plan:production plan:staging rollback:production test "
[ "$on_main" = "$expected" ] || fail "main gets $on_main, expected $expected"
scheduled=$(jobs_of "$work/main" CI_PIPELINE_SOURCE=schedule)
[ "$scheduled" = "drift:production drift:staging recovery-drill " ] || fail "a schedule gets $scheduled"
git -C "$work/main" checkout -qb feature
merge_request=$(jobs_of "$work/main" CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=1)
[ "$merge_request" = "infra plan:production plan:staging test " ] || fail "a merge request gets $merge_request"
git -C "$work/main" checkout -q main
echo "pipeline: valid; main, schedules and merge requests get the jobs that they should"

# Each line of each job is a call of a script that can be run, or Maven.
node -e '
  const [modules, file, root] = process.argv.slice(1);
  const fs = require("fs");
  const pipeline = require(modules + "/yaml").parse(fs.readFileSync(file, "utf8"));
  const lines = Object.values(pipeline).flatMap((job) => job?.script ?? []);
  for (const line of lines) {
    const [program] = line.split(" ");
    if (program === "mvn") continue;
    if (!/^examples\/ci\/[a-z-]+\.sh$/.test(program)) throw new Error("not a call of a script: " + line);
    fs.accessSync(root + "/" + program, fs.constants.X_OK);
  }
  if (lines.length < 10) throw new Error("only " + lines.length + " lines were found");
  const jobs = Object.entries(pipeline).filter(([name, job]) => job?.environment);
  for (const [name, job] of jobs) if (!job.resource_group) throw new Error(name + " has an environment and runs beside others");
' "$MODULES" "$file" "$repository" || fail "a job is not as it should be"

broken=0
while IFS='|' read -r what edit; do
  folder=$work/broken-$broken
  checkout "$folder"
  sed -i "$edit" "$folder/examples/.gitlab-ci.yml"
  if cmp -s "$file" "$folder/examples/.gitlab-ci.yml"; then fail "the edit changes nothing: $edit"; fi
  if gitlab "$folder" --list >/dev/null 2>&1; then fail "$what is not seen"; fi
  broken=$((broken + 1))
done <<'VARIANTS'
a stage that there is none of|s/^  stage: build$/  stage: biuld/
a key that there is none of|s/^  artifacts:$/  artefacts:/
a need of no job|s/needs: \[infra\]/needs: [infrastructure]/
a rule that does not parse|s/if: \$CI_PIPELINE_SOURCE == "schedule"$/if: $CI_PIPELINE_SOURCE = = "schedule"/
a script that is no text|s/^    - examples\/ci\/test.sh$/    - {run: examples\/ci\/test.sh}/
VARIANTS
echo "pipeline: $broken variants that are broken in one thing are refused"

clone=$target/clone
for job in "$@"; do
  # What image.sh has built is not built again.
  if [ "$(git -C "$clone" rev-parse HEAD 2>/dev/null)" != "$(git -C "$repository" rev-parse HEAD)" ]; then
    rm -rf "$clone"
    git clone -q "$repository" "$clone"
  fi
  gitlab "$clone" --force-shell-executor --shell-isolation=false --needs=false "$job" >"$work/job.log" 2>&1 ||
    fail "the job $job failed: $(tail -n 20 "$work/job.log")"
  sed -n "s/^$job *> \([a-z-]*: .*\)/pipeline: job $job: \1/p" "$work/job.log"
  echo "pipeline: the job $job passed"
done
echo "pipeline: all passed"
