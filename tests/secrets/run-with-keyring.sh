#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run-with-keyring.sh KEYRING PROGRAM [ARGUMENT…]: runs a test on a session bus of its own, with a home of its own. KEYRING:
#   unlocked  a keyring daemon whose login keyring is open
#   fresh     a keyring daemon that nobody gave a password
#   missing   a bus without a keyring
#   bus       the same, for a test that brings its own service
#   no-bus    not even a bus
# Everything that is started here ends here.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/session.sh
. "$here/../session.sh"
trap session_end EXIT

# Exit status 77 means skipped.
need ()
{
  command -v "$1" >/dev/null || { echo "1..0 # SKIP $1 is not installed"; exit 77; }
}

start_bus ()
{
  need dbus-daemon; need gdbus
  dbus-daemon --config-file="$here/bare-bus.conf" --nofork --nopidfile --address="unix:path=$SESSION_DIR/bus" \
    >"$SESSION_DIR/bus.log" 2>&1 &
  SESSION_PIDS+=($!)
  export DBUS_SESSION_BUS_ADDRESS="unix:path=$SESSION_DIR/bus"
  session_wait_for 10 session_bus_answers
}

# start_keyring ARGUMENT…: the daemon, in the foreground so that it can be ended; its standard input is ours. It warns of things that
# are none of ours, so warnings must not be fatal to it.
start_keyring ()
{
  env -u G_DEBUG -u G_SLICE -u MALLOC_PERTURB_ gnome-keyring-daemon --foreground --components=secrets "$@" <&0 >"$SESSION_DIR/keyring.log" 2>&1 &
  SESSION_PIDS+=($!)
  gdbus wait --session --timeout 30 org.freedesktop.secrets
}

keyring=$1
shift
session_start_home
unset DBUS_SESSION_BUS_ADDRESS DBUS_SESSION_BUS_PID DISPLAY WAYLAND_DISPLAY

case $keyring in
  unlocked | fresh) need gnome-keyring-daemon; need gdbus ;;
esac
[ "$keyring" = no-bus ] || start_bus
case $keyring in
  unlocked) printf %s test-password >"$SESSION_DIR/password"; start_keyring --unlock <"$SESSION_DIR/password" ;;
  fresh) start_keyring </dev/null ;;
esac

export STOKER_TEST_KEYRING=$keyring
"$@"
