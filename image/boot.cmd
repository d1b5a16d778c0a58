# U-Boot's part: choose the slot, count the attempt, start its kernel. The same script on a Raspberry Pi and in QEMU.
#
# Given by boot.env: devtype (mmc, virtio) and ram (where memory begins). A slot is one partition: a FAT of 32 MiB with
# vmlinuz.gz, initrd, device trees and slot.env, and its root behind. What RAUC and this script say to each other lies
# in two sectors before the first partition (image/fw_env.config), each with a checksum and a number that rises: one of
# them is whole whenever the power goes.
setexpr kernel ${ram} + 8000000
setexpr ramdisk ${ram} + 0c000000
setexpr packed ${ram} + 10000000
setexpr tree ${ram} + 0e000000
setexpr words ${ram} + 0e100000
setexpr one ${ram} + 0e200000
setexpr one_number ${one} + 4
setexpr one_text ${one} + 5
setexpr one_plain ${one} + 1000
setexpr one_plain_text ${one_plain} + 4
setexpr two ${one} + 2000
setexpr two_number ${two} + 4
setexpr two_text ${two} + 5
setexpr two_plain ${two} + 1000
setexpr two_plain_text ${two_plain} + 4
setenv names BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT DATA

# 1. What is remembered. Without the number each sector is what `env import -c` checks.
${devtype} dev 0
${devtype} read ${one} 400 1
${devtype} read ${two} 480 1
cp.b ${one} ${one_plain} 4
cp.b ${one_text} ${one_plain_text} 1fb
cp.b ${two} ${two_plain} 4
cp.b ${two_text} ${two_plain_text} 1fb
setexpr.b number_one *${one_number}
setexpr.b number_two *${two_number}
setenv one_whole no
setenv two_whole no
if env import -c ${one_plain} 1ff ${names}; then setenv one_whole yes; fi
if env import -c ${two_plain} 1ff ${names}; then setenv two_whole yes; fi
setenv newer one
if test ${one_whole}${two_whole} = noyes; then setenv newer two; fi
if test ${one_whole}${two_whole} = yesyes; then
    if itest.b ${number_two} > ${number_one}; then setenv newer two; fi
    if itest.b ${number_one} == ff && itest.b ${number_two} == 0; then setenv newer two; fi
    if itest.b ${number_one} == 0 && itest.b ${number_two} == ff; then setenv newer one; fi
fi
if test ${newer} = one && test ${one_whole} = yes; then env import -c ${one_plain} 1ff ${names}; fi
if test ${one_whole}${two_whole} = nono; then
    echo "madoguchi: nothing remembered, both slots get their attempts"
    setenv BOOT_ORDER "A B"
    setenv BOOT_A_LEFT 3
    setenv BOOT_B_LEFT 3
    setenv number_one 0
fi

# 2. Writing it: over the older sector, under the next number.
setenv remember_in_two 'setexpr.b number_two ${number_one} + 1; env export -c -s 1ff ${two_plain} ${names}; cp.b ${two_plain} ${two} 4; mw.b ${two_number} ${number_two} 1; cp.b ${two_plain_text} ${two_text} 1fb; ${devtype} write ${two} 480 1; setenv newer two'
setenv remember_in_one 'setexpr.b number_one ${number_two} + 1; env export -c -s 1ff ${one_plain} ${names}; cp.b ${one_plain} ${one} 4; mw.b ${one_number} ${number_one} 1; cp.b ${one_plain_text} ${one_text} 1fb; ${devtype} write ${one} 400 1; setenv newer one'
setenv remember 'if test ${newer} = one; then run remember_in_two; else run remember_in_one; fi'

# 3. Starting a slot: its own device tree when the board has one there, else the firmware's.
setenv attempt 'echo "madoguchi: slot ${slot}, ${left} attempts left"; if load ${devtype} 0:${part} ${words} slot.env && env import -t ${words} ${filesize} cmdline && load ${devtype} 0:${part} ${packed} vmlinuz.gz && unzip ${packed} ${kernel} && load ${devtype} 0:${part} ${ramdisk} initrd; then run start; fi; echo "madoguchi: slot ${slot} cannot be started"'
setenv start 'setenv ramdisk_size ${filesize}; setenv dtb ${fdtcontroladdr}; if test -n "${fdt_addr}"; then setenv dtb ${fdt_addr}; fi; if test -n "${fdtfile}"; then setexpr name sub ".*/" "" ${fdtfile}; if load ${devtype} 0:${part} ${tree} ${name}; then setenv dtb ${tree}; fi; fi; setenv bootargs "${cmdline} madoguchi.root=${part} rauc.slot=${slot}"; booti ${kernel} ${ramdisk}:${ramdisk_size} ${dtb}'
for slot in ${BOOT_ORDER}; do
    if test ${slot} = A && itest ${BOOT_A_LEFT} > 0; then
        setenv part 2
        setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1
        setenv left ${BOOT_A_LEFT}
        run remember
        run attempt
    fi
    if test ${slot} = B && itest ${BOOT_B_LEFT} > 0; then
        setenv part 3
        setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1
        setenv left ${BOOT_B_LEFT}
        run remember
        run attempt
    fi
done

# 4. None is left: rather try all again than stand still.
echo "madoguchi: no slot has attempts left, all get theirs again"
setenv BOOT_A_LEFT 3
setenv BOOT_B_LEFT 3
run remember
reset
