#!/bin/bash
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the session that test-live-prices.py runs in.
set -u
# shellcheck source=tests/e2e/lib.sh
. "$1/tests/e2e/lib.sh"
e2e_start "$@"
[ -x "$E2E_STOKER" ] || e2e_skip "the program stoker is not built"
start_emulator
export E2E_TMP
/usr/bin/python3 "$1/tests/e2e/test-live-prices.py" "$@"
