#!/bin/bash
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
# While the window is open it is the one instance: verbs that change things are carried out there, and answer here.
set -u
# shellcheck source=tests/e2e/lib.sh
. "$1/tests/e2e/lib.sh"
e2e_start "$@"
for program in "$E2E_STOKER" "$STOKER_WINDOW_PROGRAM"; do
  [ -x "$program" ] || e2e_skip "$program is not built"
done
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none
session_start_display || e2e_give_up "no display"
start_emulator --speed 40

NAME=io.github.stokerapp.Stoker
LOCK=$XDG_STATE_HOME/stoker/scheduler.lock

window_is_there ()
{
  gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method org.freedesktop.DBus.NameHasOwner "$NAME" | grep -q true
}

# The window follows the jobs: nobody else gets the lock.
window_follows ()
{
  [ -e "$LOCK" ] && ! flock --nonblock "$LOCK" true
}

add_provider ()
{
  printf 'rpa_test_good\n' | stoker providers add runpod --set endpoint_id=generic01 --set "api_url=$EMULATOR_URL/runpod" \
    --set "jobs_url=$EMULATOR_URL/runpod-jobs/v2" --secret-stdin
}

submit ()
{
  stoker submit workload.json --provider runpod --live --wait --json >"$E2E_TMP/job.json" 2>"$E2E_TMP/job.err"
}

is_done ()
{
  [ "$(json_value 'it["state"]' <"$E2E_TMP/job.json")" = succeeded ] && grep -q queued "$E2E_TMP/job.err"
}

cd "$E2E_TMP" || e2e_give_up "no folder"
cat >workload.json <<'END'
{"name": "handed over", "requirements": {"type": "image", "min_vram_gb": 12, "estimated_minutes": 1}, "payload": {"prompt": "x"}}
END

# Without a verb the program becomes the window.
"$E2E_STOKER" >window.log 2>&1 &
WINDOW=$!
SESSION_PIDS+=("$WINDOW")
check "stoker alone opens the window" session_wait_for 60 window_is_there
check "the window follows the jobs" session_wait_for 30 window_follows
check "a flag is set there" prints "is on" stoker flags set enable_public_gpu on
check "a provider is added there, its key over standard input" add_provider
check "the key is in the keyring" prints rpa_test_good secret-tool lookup provider runpod field api_key
check "a file in the caller's folder is found, and the job is done" submit
check "its result and its progress come back" is_done
check "a failure comes back with its exit status" exits 2 stoker providers remove nobody
check "what only looks needs nobody" prints "handed over" stoker jobs list
check "the window is still there" kill -0 "$WINDOW"
kill "$WINDOW"
wait "$WINDOW"
check "without the window the program does it itself" prints "is off" stoker flags set enable_public_gpu off
e2e_finish
