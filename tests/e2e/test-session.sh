#!/bin/bash
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
# The ground that the other end-to-end tests stand on: keyring, schema of the settings, emulator, and nothing left behind.
set -u
# shellcheck source=tests/e2e/lib.sh
. "$1/tests/e2e/lib.sh"
e2e_start "$@"
export GSETTINGS_BACKEND=keyfile

keeps_secret ()
{
  printf test-key | secret-tool store --label=Test stoker-test session &&
    [ "$(secret-tool lookup stoker-test session)" = test-key ]
}

keeps_setting ()
{
  gsettings set io.github.stokerapp.Stoker jobs-per-provider 3 &&
    [ "$(gsettings get io.github.stokerapp.Stoker jobs-per-provider)" = 3 ]
}

refuses_setting ()
{
  ! gsettings set io.github.stokerapp.Stoker jobs-per-provider 9
}

# A session inside this one; prints the process ids of what it started, and its folder.
session_within ()
{
  bash -c '. "$1/tests/session.sh"; trap session_end EXIT; session_start_home; session_start_bus; session_start_keyring
    echo "${SESSION_PIDS[@]} $SESSION_DIR"' - "$E2E_SOURCE"
}

leaves_nothing ()
{
  local bus keyring folder
  read -r bus keyring folder <<<"$(session_within)"
  [ -n "$folder" ] && ! [ -e "$folder" ] && ! kill -0 "$bus" && ! kill -0 "$keyring"
}

check "the keyring keeps a secret" keeps_secret
check "the settings are those of the build folder, and are kept" keeps_setting
check "a setting out of range is refused" refuses_setting
check "the public providers are off" prints false gsettings get io.github.stokerapp.Stoker enable-public-gpu
start_emulator
check "the emulator takes orders" emulator_control '{"speed": 40}'
check "the emulator gives an account" prints '"speed": 40' emulator_state
check "a session leaves nothing behind" leaves_nothing
e2e_finish
