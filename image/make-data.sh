#!/bin/sh
# Make the data partition when U-Boot's memory says that this card has none yet: /usr/lib/madoguchi/make-data.
set -eu
[ "$(fw_printenv -n DATA 2>/dev/null || echo unknown)" = new ] || exit 0
mke2fs -q -F -t ext4 -L MADOGUCHI -d /usr/share/madoguchi/data /dev/madoguchi/data
sync
fw_setenv DATA made
echo "madoguchi: data partition made"
