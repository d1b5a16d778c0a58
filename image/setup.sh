#!/bin/sh
# Make this machine ready: Debian packages, a virtual environment in .venv, dependencies by hash.
# A second run changes nothing and needs no network.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
LIST=image/debian-packages.txt

wanted() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$LIST"; }

missing() {
    for package in $(wanted); do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || printf '%s ' "$package"
    done
}

install_debian_packages() {
    command -v dpkg-query >/dev/null 2>&1 || { echo "This set-up knows Debian and Raspberry Pi OS only; install the packages named in $LIST yourself." >&2; exit 1; }
    lacking=$(missing)
    [ -n "$lacking" ] || return 0
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif sudo -n true 2>/dev/null; then as_root="sudo"
    else
        echo "These Debian packages are missing. Please run this once, then try again:" >&2
        echo "    sudo apt-get update && sudo apt-get install --no-install-recommends $lacking" >&2
        exit 1
    fi
    echo "Installing Debian packages: $lacking"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $lacking >/dev/null
}

prepare_pcscd_folder() {
    # A private pcscd of a plain user needs /run/pcscd to exist; it never uses the socket in it.
    [ -d /run/pcscd ] || { [ "$(id -u)" = 0 ] && install -d /run/pcscd; } || { sudo -n install -d /run/pcscd 2>/dev/null; } || true
}

check_python() {
    "$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
        echo "Python 3.11, 3.12 or 3.13 is needed; $PYTHON is $("$PYTHON" --version 2>&1). Set PYTHON=/path/to/python3." >&2
        exit 1
    }
}

install_python_packages() {
    stamp=.venv/.complete
    key=$(cat requirements.lock pyproject.toml "$0" | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null || true)" != "$key" ] || return 0
    check_python
    [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
    echo "Installing Python packages by the hashes of requirements.lock"
    # setuptools first: it builds the one package that has no wheel (pyscard), without fetching anything unpinned.
    awk '/^setuptools==/ {on=1} on {print} on && !/\\$/ {exit}' requirements.lock >.venv/build.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r .venv/build.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --require-hashes -r requirements.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$key" >"$stamp"
}

install_debian_packages
prepare_pcscd_folder
install_python_packages
.venv/bin/python -m kiosk.screens.faces # the Chinese and Korean faces, each in a file of its own
