#!/usr/bin/env bash
# The README's two commands where there is nothing but Node and git: the smallest Debian in a root of its own (debootstrap), an
# ordinary user, a clone of HEAD; no Python, no fonts, no `ps`. Only the npm registry is reached from there.
# Of the tests those that only compute are left out, which find there what they find here, unless it is called with --whole.
# Skipped, with the reason printed, where such a root cannot be had (not Linux, not root, no network).
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
  echo "bare root: skipped: $1"
  exit 0
}
say() { echo "bare root: $1 (${SECONDS} s)"; }

[ "$(uname -s)" = Linux ] || skip "debootstrap needs Linux, this is $(uname -s)"
[ "$(id -u)" = 0 ] || skip "making a root of its own needs root rights"
command -v unshare >/dev/null || skip "there is no unshare"
unshare --mount --pid --fork true 2>/dev/null || skip "this machine allows no mounts of its own (unshare)"
if ! command -v debootstrap >/dev/null && [ "${CI:-}" = true ] && command -v apt-get >/dev/null; then
  (apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap) >/dev/null 2>&1 || true
fi
command -v debootstrap >/dev/null || skip "there is no debootstrap (apt-get install debootstrap)"

folder=$(mktemp -d "${TMPDIR:-/tmp}/pal-lab-bare-XXXXXX")
trap 'rm -rf --one-file-system "$folder"' EXIT # mounts are in a namespace that has ended by then
root="$folder/root"
debootstrap --variant=minbase --include=git,ca-certificates bookworm "$root" >"$folder/log" 2>&1 ||
  skip "debootstrap failed: $(tail -n 1 "$folder/log")"
say "Debian is there"

# Node and npm, as they run here
npm_folder=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
mkdir -p "$root/usr/local/bin" "$root/usr/local/lib/node_modules"
cp "$(node -p process.execPath)" "$root/usr/local/bin/node"
cp -R "$npm_folder" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"

# how the network is reached here: name servers, proxies, certificates, the registry; no passwords
home="$root/home/someone"
chroot "$root" useradd --create-home --uid 1000 someone
for file in resolv.conf hosts; do [ ! -f "/etc/$file" ] || cp "/etc/$file" "$root/etc/$file"; done
settings=(PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/someone USER=someone LANG=C.UTF-8)
for name in HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy; do
  [ -z "${!name:-}" ] || settings+=("$name=${!name}")
done
if [ -f "${NODE_EXTRA_CA_CERTS:-}" ]; then
  cp "$NODE_EXTRA_CA_CERTS" "$root/etc/extra-ca.pem"
  settings+=(NODE_EXTRA_CA_CERTS=/etc/extra-ca.pem)
fi
for key in registry proxy https-proxy noproxy strict-ssl; do
  value=$(npm config get "$key")
  [ -z "$value" ] || [ "$value" = null ] || echo "$key=$value" >>"$home/.npmrc"
done
authority=$(npm config get cafile)
if [ -f "$authority" ]; then
  cp "$authority" "$root/etc/npm-ca.pem"
  echo "cafile=/etc/npm-ca.pem" >>"$home/.npmrc"
fi
git clone --quiet --no-hardlinks . "$home/pal-lab"
chroot "$root" chown -R someone: /home/someone

# runs $1 as that user, in the clone; all that it started ends with it
as_someone() {
  unshare --mount --pid --fork --kill-child chroot "$root" bash -c '
    mount -t proc proc /proc && mount -t tmpfs -o mode=1777 tmpfs /dev/shm && cd /home/someone/pal-lab
    exec setpriv --reuid=1000 --regid=1000 --clear-groups env -i "${@:2}" bash -c "$1"' _ "$1" "${settings[@]}"
}
for tool in ps python3 fc-list; do
  as_someone "! command -v $tool" || { echo "bare root: $tool is there, so it shows nothing" >&2 && exit 1; }
done
as_someone "npm view tslab version" >"$folder/log" 2>&1 ||
  skip "the npm registry cannot be reached from it: $(grep -m 1 "npm error" "$folder/log" || tail -n 1 "$folder/log")"
say "a user, Node $(node -v), and a clone of $(git rev-parse --short HEAD) are there"

if [ "${1:-}" = --whole ]; then
  as_someone "npm test"
else
  as_someone "node scripts/setup.mjs && npm run --silent test:unit -- --exclude 'src/{engine,families,train}/**' --exclude 'src/evaluate/explore/**'"
fi
say "the tests passed"
as_someone "npm start"
as_someone "node scripts/check-outputs.mjs"
say "npm start passed"
