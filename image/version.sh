#!/bin/sh
# Print the image's version: the project's and the commit's time (UTC), all whole numbers with dots between: it only rises.
# IMAGE_VERSION names another one.
set -eu
cd "$(dirname "$0")/.."
project=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
echo "${IMAGE_VERSION:-$project.$(TZ=UTC git log -1 --date=format-local:%Y%m%d%H%M --format=%cd)}"
