#!/usr/bin/env bash
# Builds the image, lists what is in it, signs it, and brings it into the registry.
#
#   IMAGE_REPOSITORY   where to, such as registry.example/payments/shop; without it the image stays an archive
#   REGISTRY_AUTH      file with the registry's credentials (containers-auth.json)
#   SIGNING_KEY        file with the private GPG key; required with a repository
#
# Leaves in image/: image.env (IMAGE_DIGEST=sha256:…), manifest.json, image.sig, sbom.json. Needs root, mmdebstrap, skopeo, gpg and jq.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
cd "$examples/.."
mvn -B -ntp -q -Pimage -DskipTests package
archive=$examples/app/target/x0tta6bl4-image.tar
rm -rf image
mkdir image
skopeo inspect --raw "oci-archive:$archive" >image/manifest.json
digest=sha256:$(sha256sum image/manifest.json | cut -d' ' -f1)
cp "$examples/app/target/sbom.json" image/
jq -e '.bomFormat == "CycloneDX" and (.components | length) > 10' image/sbom.json >/dev/null || fail "the list of what is in it is empty"

if [ -n "${SIGNING_KEY:-}" ]; then
  GNUPGHOME=$(mktemp -d)
  export GNUPGHOME
  trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
  gpg --batch --quiet --import "$SIGNING_KEY"
  fingerprint=$(gpg --batch --with-colons --list-secret-keys | awk -F: '/^fpr/ { print $10; exit }')
  skopeo standalone-sign image/manifest.json "${IMAGE_REPOSITORY:-localhost/x0tta6bl4}@$digest" "$fingerprint" --output image/image.sig
elif [ -n "${IMAGE_REPOSITORY:-}" ]; then
  fail "SIGNING_KEY is not set: nothing unsigned goes into a registry"
fi
if [ -n "${IMAGE_REPOSITORY:-}" ]; then
  skopeo copy --preserve-digests ${REGISTRY_AUTH:+--authfile "$REGISTRY_AUTH"} "oci-archive:$archive" \
    "docker://$IMAGE_REPOSITORY:${CI_COMMIT_SHA:-latest}"
fi
echo "IMAGE_DIGEST=$digest" >image/image.env
say "$digest, $(jq '.components | length' image/sbom.json) components"
