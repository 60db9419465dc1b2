# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A desktop session of one's own for tests: home folder, session bus, unlocked keyring, display. Whoever starts one says
#   trap session_end EXIT
# and nothing is left behind.

SESSION_PIDS=()
SESSION_DIR=

# Makes a private home with all XDG folders in it. What is fetched for tests stays where the next run finds it.
session_start_home ()
{
  export STOKER_TEST_CACHE=${STOKER_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}}
  SESSION_DIR=$(mktemp -d "${TMPDIR:-/tmp}/stoker-session.XXXXXX")
  export HOME=$SESSION_DIR/home
  export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
  export XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
  export XDG_RUNTIME_DIR=$SESSION_DIR/runtime
  mkdir -p "$XDG_CONFIG_HOME/gtk-4.0" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
  mkdir -m 0700 "$XDG_RUNTIME_DIR"
  printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=0\n' >"$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
}

# session_wait_for SECONDS COMMAND…: tries the command until it succeeds.
session_wait_for ()
{
  local tries=$(($1 * 20))
  shift
  while ! "$@" 2>/dev/null; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.05
  done
}

# The file of the bus is there before anybody listens at it.
session_bus_answers ()
{
  gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus --method org.freedesktop.DBus.GetId >/dev/null
}

# Starts a session bus. It is a child of this shell and not of dbus-run-session, so that it can be ended by its process id.
session_start_bus ()
{
  # Not of the display's or of the caller's bus.
  unset DBUS_SESSION_BUS_PID DBUS_SESSION_BUS_WINDOWID
  dbus-daemon --session --nofork --nopidfile --address="unix:path=$SESSION_DIR/bus" \
    >"$SESSION_DIR/bus.log" 2>&1 &
  SESSION_PIDS+=($!)
  export DBUS_SESSION_BUS_ADDRESS="unix:path=$SESSION_DIR/bus"
  session_wait_for 10 session_bus_answers
}

# Starts a keyring with an unlocked login collection on the session bus. It stays in the foreground, so that it can be ended, and warns
# of things that are none of ours.
session_start_keyring ()
{
  printf %s test-password >"$SESSION_DIR/password"
  env -u G_DEBUG -u G_SLICE -u MALLOC_PERTURB_ gnome-keyring-daemon --foreground --unlock --components=secrets \
    <"$SESSION_DIR/password" >"$SESSION_DIR/keyring.log" 2>&1 &
  SESSION_PIDS+=($!)
  gdbus wait --session --timeout 30 org.freedesktop.secrets
}

# Starts a display without a screen and sets DISPLAY.
session_start_display ()
{
  unset WAYLAND_DISPLAY
  Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$SESSION_DIR/display" >"$SESSION_DIR/xvfb.log" 2>&1 &
  SESSION_PIDS+=($!)
  session_wait_for 20 test -s "$SESSION_DIR/display"
  DISPLAY=:$(cat "$SESSION_DIR/display")
  export DISPLAY
}

# Ends what was started, in the opposite order, and removes the home.
session_end ()
{
  local index pid
  for ((index = ${#SESSION_PIDS[@]} - 1; index >= 0; index--)); do
    pid=${SESSION_PIDS[index]}
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  SESSION_PIDS=()
  if [ -n "$SESSION_DIR" ]; then
    # Services of the bus may still write while they leave.
    session_wait_for 5 rm -rf "$SESSION_DIR" || true
    SESSION_DIR=
  fi
}
