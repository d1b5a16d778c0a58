#!/bin/sh
# Runs in the booted machine: one update after the other, for as long as the power lasts.
set -u
slot=$(sed -n 's/.*rauc\.slot=\(.\).*/\1/p' /proc/cmdline)
echo "AGAIN up $slot"
rauc status mark-good >/dev/null && echo "AGAIN good $slot"
echo "AGAIN installs $slot"
rauc install /data/update/again.raucb && echo "AGAIN installed $slot"
systemctl --no-block reboot
