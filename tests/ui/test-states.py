# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-states.py WINDOW: every page when there is nothing yet, while the data are being opened, and when they cannot be: each says so, offers
the next step, and has no control without a name; prints TAP."""
import contextlib
import os
import pathlib
import sqlite3
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, frame, page, run_all, unnamed, wait_for_label  # noqa: E402

WINDOW = sys.argv[1]
PAGES = ("Overview", "Providers", "Advisor", "Compare", "Jobs")
# What each page says in an empty home, and its way on.
EMPTY = {
    "Overview": ("Where Should It Run", "Rehearse without an Account"),
    "Providers": ("Where Should It Run", "Add a Provider"),
    "Advisor": ("Size", "Open a Workload"),
    "Compare": ("Nothing to Compare", "Go to the Advisor"),
    "Jobs": ("No Jobs Yet", "Go to the Advisor"),
}
SHOWN = None


def database(name):
    """The place of the data in a home of its own, which the next start uses."""
    os.environ["XDG_DATA_HOME"] = str(pathlib.Path(os.environ["HOME"]) / name)
    folder = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "stoker"
    folder.mkdir(parents=True)
    return folder / "stoker.db"


def restart():
    SHOWN.end_program()
    SHOWN.start()
    page.cache_clear()
    return SHOWN.app


def go_to(app, name):
    def show():
        ui.focus_window()
        ui.key(f"ctrl+{PAGES.index(name) + 1}")
        return frame(app, name, timeout=2)

    assert ui.until(show), f"the page {name} did not come"
    return page(app, name)


def check_names(shown, name):
    found = unnamed(shown)
    assert found == [], f"without a name on {name}: {found}"


def test_empty(app):
    # What is told first leads somewhere; the advisor asks before there is anything to compare.
    for name in ("Overview", "Providers", "Compare", "Jobs", "Advisor"):
        text, button = EMPTY[name]
        shown = go_to(app, name)
        wait_for_label(shown, text)
        ui.find(shown, "push button", button)
        check_names(shown, name)


def test_error(app):
    """The data are a folder: nothing can be opened there until somebody took it away."""
    path = database("broken")
    path.mkdir()
    app = restart()
    for name in PAGES:
        shown = go_to(app, name)
        wait_for_label(shown, "Stoker Cannot Open Its Data")
        check_names(shown, name)
    path.rmdir()
    ui.press(ui.find(shown, "push button", "Try Again"))
    wait_for_label(shown, "No Jobs Yet")


def test_loading(app):
    """Somebody else has the database; it is waited for, and then all is there."""
    path = database("held")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("PRAGMA user_version = 0")
        holder.execute("BEGIN EXCLUSIVE")
        app = restart()
        shown = go_to(app, "Jobs")
        ui.find(shown, None, "Loading")
        check_names(shown, "Jobs")
        holder.execute("ROLLBACK")
    wait_for_label(shown, "No Jobs Yet", 20)


if __name__ == "__main__":
    SHOWN = Window(WINDOW)
    sys.exit(run_all(globals(), SHOWN))
