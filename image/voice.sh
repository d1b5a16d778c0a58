#!/bin/sh
# Say the fixed sentences of every language, and bring the Japanese voice: `voice.sh CACHE TREE`.
#
# The clips are kept in the cache and made anew only where words have changed. Open JTalk's one free voice is in Debian's
# contrib, because it was trained by a program that is not free; the voice itself is CC BY 3.0 (Nagoya Institute of
# Technology), which docs/decisions/0022-voice.md speaks of. It is pinned by its digest.
set -eu
cd "$(dirname "$0")/.."
cache=$1 tree=$2
mirror=${MIRROR:-http://deb.debian.org/debian}
name=hts-voice-nitech-jp-atr503-m001_1.05-8_all.deb
digest=f8fbe36fc38ea88d79f528355f2fc474aee6ae7f34fb6e4b91644a61c2322875

clips=$cache/voice-$(cat kiosk/voice/synthesis.py kiosk/voice/waves.py "$0" | sha256sum | cut -c1-12)
mkdir -p "$cache/debs" "$clips"
deb=$cache/debs/$name
if [ ! -f "$deb" ]; then
    .venv/bin/python -c 'import sys, urllib.request; urllib.request.urlretrieve(*sys.argv[1:])' \
        "$mirror/pool/contrib/h/hts-voice-nitech-jp-atr503-m001/$name" "$deb.new"
    mv "$deb.new" "$deb"
fi
echo "$digest  $deb" | sha256sum -c --quiet - || { rm -f "$deb"; echo "$name is not the voice that was pinned." >&2; exit 1; }
dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tree" ./usr/share/hts-voice ./usr/share/doc

.venv/bin/python -m kiosk.voice --out "$clips" --voices "$tree/usr/share/hts-voice"
mkdir -p "$tree/usr/share/madoguchi/build"
rm -rf "$tree/usr/share/madoguchi/build/voice"
cp -R "$clips" "$tree/usr/share/madoguchi/build/voice"
