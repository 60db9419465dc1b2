# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-job-detail.py WINDOW SEED: drives the detail of a job through the accessibility bus and real keys, and prints TAP."""
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, run_all  # noqa: E402

WINDOW, SEED = sys.argv[1:3]
JOB = "Voices of chapter three"


def window_titles(app):
    app.clear_cache()
    return [node.get_name() for node in ui.nodes(app) if ui.role_of(node) == "frame"]


def show(app, section):
    ui.press(ui.find(app, "page tab", section))


def open_jobs(app):
    ui.focus_window()
    ui.click(ui.find(app, "list item", "Jobs", timeout=2))
    return ui.until(lambda: "Jobs" in window_titles(app), 2)


def test_open(app):
    # Without a window manager a click can come before the window knows that it has the pointer.
    assert ui.until(lambda: open_jobs(app)), "the page Jobs did not come"
    ui.click(ui.find(app, None, JOB))
    ui.find(app, "label", "Finished on Rehearsal")


def test_progress(app):
    show(app, "Progress")
    ui.find(app, "list", "Timeline")
    ui.find(app, "label", "Attempt 1 on Rehearsal")
    ui.find(app, "label", "Loading outputs")


def test_log_search(app):
    show(app, "Log")
    ui.find(app, "label", "14 lines")
    ui.press(ui.find(app, None, "Find in the Log"))
    ui.write(ui.find(app, "entry", "Find in the log"), "PROGRESS: 0")
    ui.find(app, None, "1 of 9")
    ui.press(ui.find(app, "push button", "Next Match"))
    ui.find(app, None, "2 of 9")
    ui.press(ui.find(app, "push button", "Previous Match"))
    ui.find(app, None, "1 of 9")


def preview(app):
    ui.click(ui.find(app, "table cell", "rehearsal.png", timeout=2))
    ui.focus_window()
    ui.key("space")
    return ui.until(lambda: "rehearsal.png" in window_titles(app), 3)


def test_outputs(app):
    show(app, "Outputs")
    # The grid takes the size of its page only now; the first click may come before that.
    assert ui.until(lambda: preview(app)), "the space bar opens no preview"
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: "rehearsal.png" not in window_titles(app)), "Escape does not close the preview"


def test_cost_and_request(app):
    show(app, "Cost")
    ui.find(app, "list", "Itemised Estimate")
    ui.find(app, "label", "Estimated")
    show(app, "Request")
    ui.find(app, "push button", "Copy as")


def test_duplicate(app):
    ui.press(ui.find(app, "push button", "Duplicate as New"))
    assert ui.until(lambda: "Advisor" in window_titles(app)), "the advisor does not come"


def main():
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    return run_all(globals(), Window(WINDOW))


if __name__ == "__main__":
    sys.exit(main())
