#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run-wayland-test.sh BUILD COMMAND…
# As run-ui-test.sh, on a Wayland compositor without a screen. Exits with 77, "skipped", when there is no mutter.
set -eu
if [ -z "${STOKER_WAYLAND_INSIDE:-}" ]; then
  command -v mutter >/dev/null || exit 77
  export STOKER_WAYLAND_INSIDE=1
  exec "$(dirname "$0")/run-ui-test.sh" "$1" "$(realpath "$0")" "$@"
fi
shift

mutter --headless --virtual-monitor 1280x800 --no-x11 --wayland-display stoker-test >"$XDG_STATE_HOME/mutter.log" 2>&1 &
compositor=$!
trap 'kill "$compositor" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  if [ -S "$XDG_RUNTIME_DIR/stoker-test" ]; then break; fi
  sleep 0.1
done
export WAYLAND_DISPLAY=stoker-test GDK_BACKEND=wayland
unset DISPLAY
"$@"
