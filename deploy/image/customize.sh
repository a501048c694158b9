#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Turn a Debian with Loket into a kiosk: a step of deploy/image/build.sh. Use: customize.sh ROOT
set -eu
cd "$(dirname "$0")"
root=$1
in_root() { chroot "$root" "$@"; }

# Files of the kiosk, over Debian's; what runs lies together, and nobody but root can change it.
cp -R files/. "$root/"
install -d "$root/usr/lib/loket-image/deploy/image"
for program in provision firewall machine screen; do
    install -m 0644 "$program.py" "$root/usr/lib/loket-image/deploy/image/$program.py"
done
install -m 0644 start.py "$root/usr/lib/loket-image/start.py"
python3 -m compileall -q --invalidation-mode unchecked-hash "$root/usr/lib/loket-image"
# usbguard does not trust rules that others can read.
chmod 0600 "$root/etc/usbguard/rules.conf" "$root/etc/usbguard/usbguard-daemon.conf"

# Words and time of the Netherlands.
in_root localedef -i nl_NL -c -f UTF-8 nl_NL.UTF-8
rm -rf "$root/usr/share/i18n"
ln -sf /usr/share/zoneinfo/Europe/Amsterdam "$root/etc/localtime"
echo Europe/Amsterdam >"$root/etc/timezone"

# No one signs in: root has no password and there is no one else; nothing asks for a name anyway.
in_root passwd --quiet --lock root
in_root usermod --shell /usr/sbin/nologin root
ln -sf /run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
echo loket >"$root/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"

# No words on the screen but Loket's, no keys but Loket's, nothing that changes the machine by itself.
for unit in getty.target console-getty.service getty@.service serial-getty@.service autovt@.service container-getty@.service \
    debug-shell.service rescue.service ctrl-alt-del.target kexec.target sleep.target suspend.target hibernate.target \
    hybrid-sleep.target suspend-then-hibernate.target systemd-ask-password-console.path systemd-ask-password-wall.path \
    apt-daily.timer apt-daily-upgrade.timer apt-daily.service apt-daily-upgrade.service dpkg-db-backup.timer \
    e2scrub_all.timer e2scrub_reap.service systemd-firstboot.service systemd-machine-id-commit.service \
    usbguard-dbus.service proc-sys-fs-binfmt_misc.automount; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
in_root systemctl --quiet enable systemd-networkd systemd-resolved systemd-timesyncd nftables usbguard seatd cups pcscd.socket \
    loket-provision loket-firewall.timer loket-screen loket-sound loket-printer loket-kiosk
in_root systemctl --quiet disable fstrim.timer systemd-network-generator systemd-networkd-wait-online 2>/dev/null || true
in_root systemctl --quiet enable fstrim.timer

# What a machine makes for itself is not in the image: keys, who it is, settings.
rm -rf "$root/etc/loket" "$root/var/lib/loket" "$root/etc/ssl/private/"* "$root/var/lib/dbus"
mkdir -p "$root/etc/loket" "$root/etc/credstore.encrypted"
: >"$root/etc/machine-id"
rm -f "$root/etc/ssh/"ssh_host_* "$root/var/lib/systemd/random-seed" "$root/loket.deb"

# Lists of packages and what only a builder needs.
rm -rf "$root/var/lib/apt" "$root/var/cache/apt" "$root/var/lib/dpkg/info" "$root/var/cache/debconf" \
    "$root/var/cache/ldconfig" "$root/etc/apt" "$root/usr/share/doc-base" "$root/usr/share/bug" "$root/usr/share/lintian"
mkdir -p "$root/var/lib/dpkg/info"
find "$root/var/log" -type f -delete

# The data partition is /var; at the first boot it takes from here what Debian's packages laid there.
mkdir -p "$root/usr/share/factory"
cp -a "$root/var" "$root/usr/share/factory/var"
rm -rf "$root/usr/share/factory/var/lib/dpkg"
