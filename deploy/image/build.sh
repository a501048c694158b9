#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Make build/loket_<version>_amd64.img: a Debian 12 that starts into Loket, and its parts list beside it: make image
# Root is a squashfs that nobody can write; what the machine keeps goes to a partition that it makes at its first boot.
# Use: deploy/image/build.sh [DEB] (as root; a Debian 12 machine with what deploy/apt-image.txt names)
set -eu
cd "$(dirname "$0")/../.."
umask 022
export LC_ALL=C TZ=UTC
[ "$(id -u)" = 0 ] || { echo "image: it makes a Debian root, so it needs root" >&2; exit 1; }
deb=$(realpath "${1:-$(ls build/loket_*_amd64.deb)}")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
export SOURCE_DATE_EPOCH
name=$(basename "$deb" .deb)
out=$PWD/build/image
image=$PWD/build/$name.img
work=$out/work
here=$PWD/deploy/image
if grep -q " $work" /proc/mounts; then
    echo "image: something is mounted in $work" >&2
    exit 1
fi
rm -rf --one-file-system "$work"
mkdir -p "$work/esp"
root=$work/root

# 1. Debian with Loket. Hooks see the root as their first argument.
packages=python3,util-linux,$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -e '/^python3-venv$/d' "$here/packages.txt" deploy/apt-run.txt |
    tr '\n' ',')${LOKET_EXTRA_PACKAGES:-}
mmdebstrap --variant=minbase --components="${LOKET_COMPONENTS:-main}" --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/loket/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --essential-hook="mkdir -p \"\$1/etc/initramfs-tools\" && cp -R \"$here/initramfs/.\" \"\$1/etc/initramfs-tools/\"" \
    --dpkgopt=force-confold \
    --include="$packages" \
    --customize-hook="cp \"$deb\" \"\$1/loket.deb\"" \
    --customize-hook='chroot "$1" dpkg --install /loket.deb' \
    bookworm "$root" >"$out/mmdebstrap.log" 2>&1 || {
    tail -n 30 "$out/mmdebstrap.log" >&2
    exit 1
}

# 2. A kiosk, and what stands in it.
"$here/customize.sh" "$root"
chroot "$root" dpkg-query -W -f '${Package}\t${Version}\t${Architecture}\n' >"$out/packages.tsv"

# 3. The boot partition: firmware starts systemd-boot, which starts one kernel in one way and takes no words from a keyboard.
mkdir -p "$work/esp/EFI/BOOT" "$work/esp/loader/entries" "$work/esp/loket"
cp /usr/lib/systemd/boot/efi/systemd-bootx64.efi "$work/esp/EFI/BOOT/BOOTX64.EFI"
cp "$here/boot/loader.conf" "$work/esp/loader/"
cp "$here/boot/loket.conf" "$work/esp/loader/entries/"
mv "$root"/boot/vmlinuz-* "$work/esp/loket/vmlinuz"
mv "$root"/boot/initrd.img-* "$work/esp/loket/initrd"
rm -f "$root"/boot/* "$root"/vmlinuz* "$root"/initrd.img*

# 4. The root, packed. Nothing of the machine that built it.
mksquashfs "$root" "$work/root.squashfs" -comp zstd -Xcompression-level "${LOKET_ZSTD:-15}" -noappend -no-progress -quiet \
    -wildcards -e 'proc/*' 'sys/*' 'dev/*' 'run/*' 'tmp/*'

# 5. A disk with two partitions, each with room for its successor: a later image fits in their place.
esp_mib=192
root_mib=1024
[ "$(stat -c %s "$work/root.squashfs")" -le $((root_mib * 1024 * 1024)) ] || { echo "image: the root is too large" >&2; exit 1; }
mkfs.vfat -F 32 -n LOKET-BOOT -i 10CE7001 --invariant -C "$work/esp.img" $((esp_mib * 1024)) >/dev/null
(cd "$work/esp" && find . -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + && mcopy -s -m -i "$work/esp.img" EFI loader loket ::)
rm -f "$image"
truncate -s $((1 + esp_mib + root_mib + 1))M "$image"
sfdisk --quiet "$image" <<TABLE
label: gpt
label-id: 10CE7000-0000-4000-8000-000000000001
start=1MiB, size=${esp_mib}MiB, type=U, name=loket-boot, uuid=10CE7000-0000-4000-8000-000000000002
start=$((1 + esp_mib))MiB, size=${root_mib}MiB, type=L, name=loket-root, uuid=10CE7000-0000-4000-8000-000000000003
TABLE
dd if="$work/esp.img" of="$image" bs=1M seek=1 conv=notrunc,sparse status=none
dd if="$work/root.squashfs" of="$image" bs=1M seek=$((1 + esp_mib)) conv=notrunc,sparse status=none
"$PWD/deploy/audit.sh" sbom --packages "$out/packages.tsv" --out "$PWD/build/$name.img.cdx.json"
sha256sum "build/$name.img"
echo "root $(($(stat -c %s "$work/root.squashfs") / 1048576)) MiB, initrd $(($(stat -c %s "$work/esp/loket/initrd") / 1048576)) MiB"
[ -n "${LOKET_KEEP_ROOT:-}" ] || rm -rf --one-file-system "$root"
