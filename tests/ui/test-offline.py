# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-offline.py WINDOW: the window on a machine whose network comes later; prints TAP. The network is taken away by the kernel, where
that may be done."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, labels, run_all, wait_for_label  # noqa: E402

WITHOUT_NETWORK = ["unshare", "--net", "--user", "--map-root-user"]
NETWORK = "ip link set lo up && ip route add default dev lo"
NOTE = "^There is no network"
SHOWN = None


def test_says_that_there_is_no_network(app):
    wait_for_label(app, NOTE)


def test_rehearses_all_the_same(app):
    ui.press(ui.find(app, "push button", "Rehearse"))
    wait_for_label(app, "^Finished on Rehearsal", timeout=30)


def test_the_note_goes_by_itself(app):
    subprocess.run(["nsenter", "--target", str(SHOWN.process.pid), "--net", "--user", "--preserve-credentials", "sh", "-c", NETWORK],
                   check=True)
    assert ui.until(lambda: not any("There is no network" in text for text in labels(app))), "it stays"


def can_be_taken_away():
    tried = subprocess.run([*WITHOUT_NETWORK, "sh", "-c", NETWORK], capture_output=True, check=False)
    return tried.returncode == 0


def main():
    if not can_be_taken_away():
        print("1..0 # SKIP the network cannot be taken away here")
        return 0
    global SHOWN
    with tempfile.TemporaryDirectory(prefix="stoker-offline.") as folder:
        program = pathlib.Path(folder) / "window"
        program.write_text(f"#!/bin/sh\nexec {' '.join(WITHOUT_NETWORK)} {os.path.abspath(sys.argv[1])}\n", encoding="utf-8")
        program.chmod(0o700)
        SHOWN = Window(program)
        return run_all(globals(), SHOWN)


if __name__ == "__main__":
    sys.exit(main())
