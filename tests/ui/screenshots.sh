#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh BUILD OUT [PAGE…]
# Pictures of the window's pages, light and dark, at three widths, with nothing of this desktop in them: own display, bus, home and settings.
# STOKER_WINDOW names another program; STOKER_SEED a program that fills the home first.
# STOKER_DRIVE names a Python script that is run on the window before the picture; its argument is the page.
set -eu
build=$(realpath "$1")
out=$2
shift 2
pages=${*:-providers advisor compare jobs}
widths=${STOKER_WIDTHS:-360 800 1600}
schemes=${STOKER_SCHEMES:-light dark}
window=${STOKER_WINDOW:-$build/src/program/stoker-window}
mkdir -p "$out"
home=$(mktemp -d)
coproc XVFB { exec Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp 2>/dev/null; }
read -r number <&"${XVFB[0]}"
export DISPLAY=:$number
trap 'kill "$XVFB_PID" 2>/dev/null; rm -rf "$home"' EXIT

export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state XDG_CACHE_HOME=$home/cache
export XDG_RUNTIME_DIR=$home/run
mkdir -p -m 700 "$XDG_CONFIG_HOME/gtk-4.0" "$XDG_CONFIG_HOME/glib-2.0/settings" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
cat > "$XDG_CONFIG_HOME/gtk-4.0/settings.ini" <<'INI'
[Settings]
gtk-font-name=Cantarell 11
gtk-xft-antialias=1
gtk-xft-hintstyle=hintslight
gtk-enable-animations=0
INI
export GSETTINGS_BACKEND=keyfile GSETTINGS_SCHEMA_DIR=$build/data GSK_RENDERER=cairo GDK_DEBUG=gl-disable GDK_BACKEND=x11
export SECRET_BACKEND=file SECRET_FILE_TEST_PATH=$home/keys SECRET_FILE_TEST_PASSWORD=pictures
export LC_ALL=C.UTF-8 TZ=UTC

if [ -n "${STOKER_SEED:-}" ]; then
  dbus-run-session -- "$STOKER_SEED"
fi

take() { # page width scheme
  local height=900
  cat > "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile" <<KEYS
[io/github/stokerapp/Stoker]
page='$1'
window-width=$2
window-height=$height
KEYS
  export ADW_DEBUG_COLOR_SCHEME=prefer-$3 STOKER_SHOT=$out/$1-$2-$3.png STOKER_PAGE=$1 STOKER_WINDOW_PROGRAM=$window
  export STOKER_AREA=$2x$height
  timeout 60 setsid dbus-run-session -- bash -c '
    "$STOKER_WINDOW_PROGRAM" & app=$!
    for _ in $(seq 200); do
      xdotool search --onlyvisible --pid $app >/dev/null 2>&1 && break
      sleep 0.05
    done
    sleep "${STOKER_DELAY:-1.5}"
    if [ -n "${STOKER_DRIVE:-}" ]; then /usr/bin/python3 -W ignore "$STOKER_DRIVE" "$STOKER_PAGE"; sleep 0.7; fi
    import -window root -crop "$STOKER_AREA+0+0" +repage "$STOKER_SHOT"
    kill $app; wait $app || true' 2>&1 | grep -E 'CRITICAL|WARNING|Error' || true
}

for scheme in $schemes; do
  for width in $widths; do
    for page in $pages; do
      take "$page" "$width" "$scheme"
    done
  done
done
