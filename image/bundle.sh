#!/bin/sh
# Make a signed update of a slot: `bundle.sh OUT [BUNDLE]`, OUT/madoguchi-VERSION.raucb without a second argument.
#
# Takes OUT/slot.img. Signed with UPDATE_CERT and UPDATE_KEY (PEM; the certificate is for code signing, by the authority
# that kiosks have as trust/update_ca.pem); without them by a throw-away authority in OUT/update-demo, which only a kiosk
# of the demonstration takes. UPDATE_VERSION and UPDATE_COMPATIBLE are for proofs: a slot knows its own version.
set -eu
cd "$(dirname "$0")/.."
out=$1
version=${UPDATE_VERSION:-$(cat "$out/version")} # the one that is in the slot, however the sources have moved on
bundle=${2:-$out/madoguchi-$version.raucb}
demo=$out/update-demo
[ -f "$out/slot.img" ] && [ -n "$version" ] || { echo "bundle: no $out/slot.img; make image makes it" >&2; exit 1; }

make_demo_authority() {
    mkdir -p "$demo"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$demo/ca.key" -out "$demo/ca.pem" -days 3650 \
        -subj "/O=Madoguchi DEMO/CN=DEMO update authority, never for service" -addext "basicConstraints=critical,CA:TRUE" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$demo/signer.key" -out "$demo/signer.csr" \
        -subj "/O=Madoguchi DEMO/CN=DEMO update signer" 2>/dev/null
    printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n' >"$demo/signer.ext"
    openssl x509 -req -in "$demo/signer.csr" -CA "$demo/ca.pem" -CAkey "$demo/ca.key" -CAcreateserial -days 3650 \
        -extfile "$demo/signer.ext" -out "$demo/signer.pem" 2>/dev/null
}

if [ -z "${UPDATE_CERT:-}" ]; then
    [ -f "$demo/signer.pem" ] || make_demo_authority
    UPDATE_CERT=$demo/signer.pem UPDATE_KEY=$demo/signer.key
fi
content=$(mktemp -d "${TMPDIR:-/var/tmp}/bundle.XXXXXX")
trap 'rm -rf "$content"' EXIT
ln "$out/slot.img" "$content/slot.img" 2>/dev/null || cp "$out/slot.img" "$content/slot.img"
cat >"$content/manifest.raucm" <<END
[update]
compatible=${UPDATE_COMPATIBLE:-madoguchi-rpi-arm64}
version=$version

[bundle]
format=verity

[image.system]
filename=slot.img
END
rm -f "$bundle"
rauc bundle --cert="$UPDATE_CERT" --key="$UPDATE_KEY" --mksquashfs-args="-comp zstd -Xcompression-level 3 -no-progress -quiet" \
    "$content" "$bundle" >/dev/null
echo "$bundle"
