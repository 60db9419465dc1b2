# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What end-to-end tests share. A test is a script `test-….sh SOURCE_ROOT BUILD_ROOT` that begins
#   set -u
#   . "$1/tests/e2e/lib.sh"
#   e2e_start "$@"
# says `check "what is claimed" COMMAND…` as often as it likes, and ends with `e2e_finish`. Everything it started ends with it.

# shellcheck source=tests/session.sh
. "$(dirname "${BASH_SOURCE[0]}")/../session.sh"

E2E_COUNT=0
E2E_FAILURES=0

# e2e_start SOURCE_ROOT BUILD_ROOT: a home, a session bus, an unlocked keyring, no display.
e2e_start ()
{
  E2E_SOURCE=$1
  E2E_BUILD=$2
  E2E_STOKER=$E2E_BUILD/src/program/stoker
  trap session_end EXIT
  trap 'exit 143' TERM INT HUP
  # Stoker keeps its settings in a file of the session's home.
  unset DISPLAY WAYLAND_DISPLAY GSETTINGS_BACKEND
  export GSETTINGS_SCHEMA_DIR=$E2E_BUILD/data GIO_USE_VFS=local LC_ALL=C.UTF-8 TZ=UTC
  export STOKER_WINDOW_PROGRAM=$E2E_BUILD/src/program/stoker-window
  session_start_home
  # The emulators answer at once: a request of theirs has arrived long before the 30 s that a real one is given.
  mkdir -p "$XDG_CONFIG_HOME/stoker"
  printf '[io/github/stokerapp/Stoker]\nsettle-seconds=3\n' >"$XDG_CONFIG_HOME/stoker/settings.ini"
  E2E_TMP=$SESSION_DIR/tmp
  mkdir "$E2E_TMP"
  session_start_bus || e2e_give_up "no session bus"
  session_start_keyring || e2e_give_up "no keyring"
}

# e2e_skip REASON: ends the test as skipped.
e2e_skip ()
{
  echo "1..0 # SKIP $*"
  exit 0
}

# e2e_give_up REASON: ends the test as failed.
e2e_give_up ()
{
  echo "Bail out! $*"
  exit 1
}

# check CLAIM COMMAND…: the claim holds when the command succeeds.
check ()
{
  local claim=$1 status
  shift
  "$@" >"$E2E_TMP/check.log" 2>&1
  status=$?
  E2E_COUNT=$((E2E_COUNT + 1))
  if [ "$status" -eq 0 ]; then
    echo "ok $E2E_COUNT - $claim"
  else
    E2E_FAILURES=$((E2E_FAILURES + 1))
    echo "$claim: $* (exit status $status)" >&2
    cat "$E2E_TMP/check.log" >&2
    echo "not ok $E2E_COUNT - $claim"
  fi
}

# Prints the plan; the exit status says whether everything held.
e2e_finish ()
{
  echo "1..$E2E_COUNT"
  [ "$E2E_FAILURES" -eq 0 ]
  exit
}

# The program under test.
stoker ()
{
  "$E2E_STOKER" "$@"
}

# exits STATUS COMMAND…: succeeds when the command ends with that status.
exits ()
{
  local wanted=$1 status
  shift
  "$@"
  status=$?
  [ "$status" -eq "$wanted" ] || { echo "exit status $status, not $wanted"; return 1; }
}

# prints TEXT COMMAND…: succeeds when the command does and its standard output holds the text.
prints ()
{
  local text=$1 output
  shift
  output=$("$@") || return 1
  case $output in
    *"$text"*) ;;
    *) printf 'no "%s" in:\n%s\n' "$text" "$output"; return 1 ;;
  esac
}

# json_value EXPRESSION: reads JSON from standard input and prints the value of a Python expression over it, named `it`.
json_value ()
{
  /usr/bin/python3 -c 'import json, sys; it = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1"
}

# start_emulator [OPTION…]: starts the emulated providers and sets EMULATOR_URL.
start_emulator ()
{
  local log=$E2E_TMP/emulator.log
  /usr/bin/python3 "$E2E_SOURCE/tests/emulators/emulator.py" --port 0 --dir "$E2E_TMP/emulator" "$@" >"$log" 2>&1 &
  SESSION_PIDS+=($!)
  if ! session_wait_for 20 grep -q '^ready ' "$log"; then
    cat "$log" >&2
    e2e_give_up "the emulator did not start"
  fi
  EMULATOR_URL=$(sed -n 's/^ready //p' "$log")
  export EMULATOR_URL
}

# emulator_control JSON: tells the emulator what to do next.
emulator_control ()
{
  /usr/bin/python3 - "$EMULATOR_URL/_control" "$1" <<'END'
import sys
import urllib.request
request = urllib.request.Request(sys.argv[1], sys.argv[2].encode(), {'Content-Type': 'application/json'})
urllib.request.urlopen(request, timeout=20).read()
END
}

# Prints the emulator's account of what happened, as JSON.
emulator_state ()
{
  /usr/bin/python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=20).read().decode())' \
    "$EMULATOR_URL/_control/state"
}
