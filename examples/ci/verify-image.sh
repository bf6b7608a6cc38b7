#!/usr/bin/env bash
# Checks, before a deploy, that the image is the one that was built and signed.
#
#   IMAGE_DIGEST, IMAGE_REPOSITORY   of the image (localhost/x0tta6bl4)
#   SIGNING_PUBLIC_KEY               file with the public GPG key
#
# Reads image/ as image.sh has left it. Exit codes: 0 it is; 1 it is not.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
cd "$examples/.."
need IMAGE_DIGEST SIGNING_PUBLIC_KEY
[ "sha256:$(sha256sum image/manifest.json | cut -d' ' -f1)" = "$IMAGE_DIGEST" ] || fail "image/manifest.json is not of $IMAGE_DIGEST"
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
gpg --batch --quiet --import "$SIGNING_PUBLIC_KEY"
fingerprint=$(gpg --batch --with-colons --list-keys | awk -F: '/^fpr/ { print $10; exit }')
skopeo standalone-verify image/manifest.json "${IMAGE_REPOSITORY:-localhost/x0tta6bl4}@$IMAGE_DIGEST" "$fingerprint" image/image.sig >/dev/null ||
  fail "$IMAGE_DIGEST has no signature of $fingerprint"
say "$IMAGE_DIGEST is signed by $fingerprint"
