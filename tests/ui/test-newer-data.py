# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-newer-data.py WINDOW: the window on data that a newer version of it wrote; prints TAP."""
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
from acceptance import Window, run_all, wait_for_label  # noqa: E402

HOME = pathlib.Path(os.environ["XDG_DATA_HOME"])
DATABASE = HOME / "stoker" / "stoker.db"
SHOWN_FOLDERS = HOME / "folders"
# What shows folders here: it writes down what it was given.
FILE_MANAGER = f"""[Desktop Entry]
Type=Application
Name=Folders
Exec=/bin/sh -c 'printf %%s "$0" > {SHOWN_FOLDERS}' %u
MimeType=inode/directory;
"""
SHOWN = None


def make_data():
    DATABASE.parent.mkdir(parents=True)
    with sqlite3.connect(DATABASE) as database:
        database.executescript("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
                               "INSERT INTO meta VALUES ('written_by', '7.5'); PRAGMA user_version = 9999")


def make_file_manager():
    folder = HOME / "applications"
    folder.mkdir()
    (folder / "folders.desktop").write_text(FILE_MANAGER, encoding="utf-8")
    (folder / "mimeapps.list").write_text("[Default Applications]\ninode/directory=folders.desktop\n", encoding="utf-8")


def test_says_who_wrote_them_and_where_they_are(app):
    said = wait_for_label(app, "written by Stoker 7.5")
    assert str(DATABASE) in said and "Update Stoker" in said, said


def test_offers_nothing_that_cannot_help(app):
    names = [node.get_name() for node in ui.nodes(app) if ui.role_of(node) == "push button" and ui.is_showing(node)]
    assert "Try Again" not in names, names


def test_opens_the_folder(app):
    ui.press(ui.find(app, "push button", "Open Its Folder"))
    shown = ui.until(lambda: SHOWN_FOLDERS.exists() and SHOWN_FOLDERS.read_text(encoding="utf-8"))
    assert shown and str(DATABASE.parent) in shown, f"shown: {shown}"


def test_leaves_the_data_alone(app):
    with sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (9999,)


def test_quits(app):
    ui.press(ui.find(app, "push button", "Quit"))
    status = SHOWN.wait()
    assert status == 0, f"left with status {status}"


def main():
    make_data()
    make_file_manager()
    global SHOWN
    SHOWN = Window(sys.argv[1])
    return run_all(globals(), SHOWN)


if __name__ == "__main__":
    sys.exit(main())
