#!/usr/bin/env bash
# Runs the pipeline's job that builds the image, in a clone of the last commit as GitLab's runner would, and then the image itself under a
# container engine: signed, read-only, without rights, with little memory, ended by SIGTERM; and `observe` with two capabilities.
# Leaves the archive in ../target/clone. Needs root, and the packages mmdebstrap, skopeo, podman, runc, gpg, jq and iproute2.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./tools.sh
for program in mmdebstrap skopeo podman runc gpg jq ip curl; do
  command -v $program >/dev/null || fail "$program is not installed"
done
clone=$target/clone
work=$(mktemp -d)
key_home=$(mktemp -d)
namespace=x0-image-$$
engine() {
  podman --root "$work/storage" --runroot "$work/run" --storage-driver vfs --runtime runc --cgroup-manager cgroupfs "$@"
}
clean() {
  local code=$?
  engine rm -af -t 1 >/dev/null 2>&1 || true
  ip netns del $namespace 2>/dev/null || true
  GNUPGHOME=$key_home gpgconf --kill all 2>/dev/null || true
  rm -rf "$work" "$key_home"
  exit "$code"
}
trap clean EXIT

rm -rf "$clone"
git clone -q "$infra/../.." "$clone"
for name in ours another; do
  GNUPGHOME=$key_home gpg --batch --quiet --passphrase '' --quick-generate-key "$name@localhost" ed25519 sign never 2>/dev/null
  GNUPGHOME=$key_home gpg --batch --armor --export-secret-keys "$name@localhost" >"$work/$name.key"
  GNUPGHOME=$key_home gpg --batch --armor --export "$name@localhost" >"$work/$name.pub"
done
(cd "$clone" && "$MODULES/.bin/gitlab-ci-local" --file examples/.gitlab-ci.yml --force-shell-executor --shell-isolation=false \
  --variable "SIGNING_KEY=$work/ours.key" --needs=false build-image) >"$work/job.log" 2>&1 || fail "the job build-image failed: $(tail -n 20 "$work/job.log")"
archive=$clone/examples/app/target/x0tta6bl4-image.tar
. "$clone/image/image.env"
echo "image: the pipeline's job has built $IMAGE_DIGEST"

verify() {
  IMAGE_DIGEST=${2:-$IMAGE_DIGEST} SIGNING_PUBLIC_KEY=$work/$1.pub "$clone/examples/ci/verify-image.sh" >"$work/verify" 2>&1
}
verify ours || fail "the signature is not accepted: $(cat "$work/verify")"
if verify another; then fail "the signature of another key is accepted"; fi
if verify ours "sha256:$(printf '%064d' 0)"; then fail "another image is accepted"; fi
cp "$clone/image/manifest.json" "$work/manifest.json"
sed -i 's/"size":/"size" :/' "$clone/image/manifest.json"
if verify ours "sha256:$(sha256sum "$clone/image/manifest.json" | cut -d' ' -f1)"; then fail "a manifest that was changed is accepted"; fi
cp "$work/manifest.json" "$clone/image/manifest.json"
for library in payment-api payment-tron payment-ton telegram-adapter ebpf-core postgresql; do
  jq -e --arg name "$library" 'any(.components[]; .name == $name)' "$clone/image/sbom.json" >/dev/null || fail "$library is not in the list of what is in it"
done
echo "image: its signature is accepted, three that are not its own are refused; $(jq '.components | length' "$clone/image/sbom.json") components are listed"

engine load -q -i "$archive" >/dev/null
image=localhost/x0tta6bl4:latest
run() {
  engine run --pull never --network host --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --read-only --tmpfs /tmp --security-opt no-new-privileges "$@"
}
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
port=$(free_port)
management=$(free_port)
run -d --name shop --cap-drop all -m 256m -e PORT="$port" -e MANAGEMENT_PORT="$management" -e BIND_ADDRESS=127.0.0.1 \
  -e API_KEY=image-test-key-0123456789abcdef0123456 -e LINK_KEY=image-link-key-0123456789abcdef0123456 -e ALLOW_HTTP=true \
  -e TRON_WALLET=TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD -e TRONGRID_URL=http://127.0.0.1:9 "$image" >/dev/null
for i in $(seq 100); do
  if curl -sf "http://127.0.0.1:$management/healthz/ready" >/dev/null; then break; fi
  sleep 0.1
done
run --rm --cap-drop all "$image" health "http://127.0.0.1:$management/healthz/ready" || fail "it does not get ready: $(engine logs shop 2>&1 | tail -n 5)"
API_KEY=image-test-key-0123456789abcdef0123456 MANAGEMENT_URL=http://127.0.0.1:$management ../../scripts/health-check-production.sh "http://127.0.0.1:$port" >/dev/null ||
  fail "the health check finds fault with it"
pid=$(engine inspect shop --format '{{.State.Pid}}')
[ "$(awk '/^Uid:/ { print $2 }' "/proc/$pid/status")" = 65532 ] || fail "it is not user 65532"
[ "$(awk '/^CapEff:/ { print $2 }' "/proc/$pid/status")" = 0000000000000000 ] || fail "it has capabilities"
[ "$(awk '/^NoNewPrivs:/ { print $2 }' "/proc/$pid/status")" = 1 ] || fail "it may gain privileges"
memory=$(awk '/^VmRSS:/ { print int($2 / 1000) }' "/proc/$pid/status")
began=$(date +%s%N)
engine stop -t 40 shop >/dev/null
[ "$(engine inspect shop --format '{{.State.ExitCode}}')" = 0 ] || fail "it ended with $(engine inspect shop --format '{{.State.ExitCode}}')"
echo "image: runs read-only without rights in 256 MiB ($memory MB resident), is healthy, and ends in $((($(date +%s%N) - began) / 1000000)) ms by SIGTERM"

# Two ends of a wire in a network of its own; root with two capabilities and no other. The seccomp profile of Debian 12's podman asks
# for more before it lets bpf through; under containerd's own profile the same is shown by cluster.sh.
ip netns add $namespace
ip -n $namespace link set lo up
ip -n $namespace link add x0a type veth peer name x0b
ip -n $namespace link set x0a up
ip -n $namespace link set x0b up
nsenter --net=/run/netns/$namespace podman --root "$work/storage" --runroot "$work/run" --storage-driver vfs --runtime runc --cgroup-manager cgroupfs \
  run -d --name observe --pull never --network host --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --read-only --tmpfs /tmp \
  --security-opt no-new-privileges --security-opt seccomp=unconfined --user 0:0 --cap-drop all --cap-add bpf --cap-add net_admin "$image" observe --interface x0a --metrics-port 9465 >/dev/null
metrics() {
  nsenter --net=/run/netns/$namespace curl -sf "http://127.0.0.1:9465/metrics"
}
for i in $(seq 100); do
  if metrics >"$work/metrics"; then break; fi
  sleep 0.1
done
grep -q 'x0tta6bl4_ebpf_program_attached{interface="x0a".*} 1' "$work/metrics" || fail "nothing is attached: $(engine logs observe 2>&1 | tail -n 5)"
engine stop -t 20 observe >/dev/null
echo "image: observe attaches with CAP_BPF and CAP_NET_ADMIN alone"
echo "image: all passed"
