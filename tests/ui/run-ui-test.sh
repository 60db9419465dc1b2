#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run-ui-test.sh BUILD COMMAND…
# Runs COMMAND on a display, bus, home, keyring and settings of its own; nothing of this desktop is read or changed.
# STOKER_SCREEN is the size of the display when 1920x1080 is too small. Exits with 77, "skipped", when there is no Xvfb.
set -eu
build=$(realpath "$1")
shift
command -v Xvfb >/dev/null && command -v dbus-run-session >/dev/null || exit 77

home=$(mktemp -d)
coproc XVFB { exec Xvfb -displayfd 1 -noreset -screen 0 "${STOKER_SCREEN:-1920x1080}x24" -nolisten tcp 2>/dev/null; }
xvfb=$XVFB_PID
# A process of this script only; the bus and all on it go with the command.
trap 'kill "$xvfb" 2>/dev/null || true; rm -rf "$home"' EXIT
read -r number <&"${XVFB[0]}"

export DISPLAY=:$number HOME=$home XDG_RUNTIME_DIR=$home/run
export XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state XDG_CACHE_HOME=$home/cache
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME/gtk-4.0" "$XDG_CONFIG_HOME/glib-2.0/settings" \
  "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
chmod 700 "$XDG_RUNTIME_DIR"
cat > "$XDG_CONFIG_HOME/gtk-4.0/settings.ini" <<'INI'
[Settings]
gtk-font-name=Cantarell 11
gtk-xft-antialias=1
gtk-xft-hintstyle=hintslight
gtk-enable-animations=0
INI
export GSETTINGS_BACKEND=${STOKER_UI_SETTINGS:-keyfile} GSETTINGS_SCHEMA_DIR=$build/data
export GSK_RENDERER=${GSK_RENDERER:-cairo} GDK_DEBUG=${GDK_DEBUG:-gl-disable} GDK_BACKEND=x11 LC_ALL=C.UTF-8 TZ=UTC
# A network as far as GLib knows, so that a machine without one tests the same window.
export GIO_USE_NETWORK_MONITOR=${GIO_USE_NETWORK_MONITOR-base}
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GTK_THEME

dbus-run-session -- bash -c '
  if command -v gnome-keyring-daemon >/dev/null; then
    printf %s tests | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
  fi
  exec "$@"' run "$@" 2> >(grep -v -e "fd limit" -e "Activating service" -e "Successfully activated" >&2)
