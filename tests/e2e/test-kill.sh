#!/bin/bash
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the session that test-kill.py runs in.
set -u
# shellcheck source=tests/e2e/lib.sh
. "$1/tests/e2e/lib.sh"
e2e_start "$@"
# Most runs are killed and the others are many: leaks are looked for in the other tests.
[ -z "${ASAN_OPTIONS:-}" ] || export ASAN_OPTIONS=$ASAN_OPTIONS:fast_unwind_on_malloc=1:detect_leaks=0
[ -x "$E2E_STOKER" ] || e2e_skip "the program stoker is not built"
start_emulator --speed 20
export E2E_TMP
/usr/bin/python3 "$1/tests/e2e/test-kill.py" "$@"
