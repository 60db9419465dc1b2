# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-job-detail.py WINDOW SEED: drives the detail of a job through the accessibility bus and real keys, and prints TAP."""
import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, choose_file, page, run_all, settle  # noqa: E402

WINDOW, SEED = sys.argv[1:3]
JOB = "Voices of chapter three"
NO_CREDIT = "Backgrounds of act two"
CRASHED = "Lip sync"
CANCELLED = "Test render"
WAITING = "Voices of chapter four"
VIDEO = "chapter-three.mp4"
LONG_LOG_LINES = 1_000_000


def window_titles(app):
    app.clear_cache()
    return [node.get_name() for node in ui.nodes(app) if ui.role_of(node) == "frame"]


def show(app, section):
    ui.press(ui.find(app, "page tab", section))


def open_jobs(app):
    ui.focus_window()
    ui.click(ui.find(app, "list item", "Jobs", timeout=2))
    return ui.until(lambda: "Jobs" in window_titles(app), 2)


def jobs_page(app):
    """The overview stays in the tree behind it and may show the same output, beyond the edge of the window."""
    return page(app, "Jobs")


def database_path():
    return os.path.join(os.environ["XDG_DATA_HOME"], "stoker", "stoker.db")


def job_id(name):
    with contextlib.closing(sqlite3.connect(f"file:{database_path()}?mode=ro", uri=True)) as database:
        return database.execute("SELECT id FROM jobs WHERE name = ?", (name,)).fetchone()[0]


def choose(app, name):
    """Shows the detail of a job, the way a notification does. Its name is there twice then: in the list and above its story."""
    target = f"'{job_id(name)}'"
    subprocess.run(["gapplication", "action", "io.github.stokerapp.Stoker", "show-job", target], check=True)

    def look():
        app.clear_cache()
        return sum(node.get_name() == name for node in ui.nodes(app) if ui.role_of(node) == "label") > 1

    assert ui.until(look), f"the detail of {name!r} did not come"


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
    ui.find(app, "log", "Log")
    ui.press(ui.find(app, None, "Find in the Log"))
    ui.write(ui.find(app, "entry", "Find in the log"), "PROGRESS: 0")
    ui.find(app, None, "1 of 9")
    ui.press(ui.find(app, "push button", "Next Match"))
    ui.find(app, None, "2 of 9")
    ui.press(ui.find(app, "push button", "Previous Match"))
    ui.find(app, None, "1 of 9")


def choose_in_menu(jobs, button, item):
    def open_menu():
        ui.focus_window()
        ui.click(ui.find(jobs, "push button", button, timeout=2))
        return ui.find(ui.find(jobs, "push button", button), "menu item", item, timeout=2)

    found = ui.until(open_menu, 20)
    assert found, f"the menu of {button} has no {item}"
    ui.press(found)
    settle()
    ui.focus_window()


def test_log_numbers_and_wrapping(app):
    jobs = jobs_page(app)
    choose_in_menu(jobs, "More for the Log", "Line Numbers")
    ui.find(jobs, "label", "14")
    choose_in_menu(jobs, "More for the Log", "Wrap Long Lines")
    choose_in_menu(jobs, "More for the Log", "Line Numbers")


def test_log_follows_its_end(app):
    button = ui.find(jobs_page(app), "push button", "Follow the End")
    pressed = ui.Atspi.StateType.PRESSED
    before = button.get_state_set().contains(pressed)
    ui.press(button)
    assert ui.until(lambda: (button.clear_cache(), button.get_state_set().contains(pressed) != before)[1]), "it cannot be switched"
    ui.press(button)


def test_log_is_saved(app):
    path = pathlib.Path(os.environ["HOME"]) / "chapter-three.log"
    choose_in_menu(jobs_page(app), "More for the Log", "Save As")
    choose_file(app, path)
    assert ui.until(lambda: path.exists() and len(path.read_text(encoding="utf-8").splitlines()) == 14), "the log is not saved"
    settle()


def test_long_log_comes_from_its_file(app):
    choose(app, CRASHED)
    show(app, "Log")
    ui.find(app, "label", f"{LONG_LOG_LINES} lines", timeout=30)


def test_log_without_beginning_says_so(app):
    choose(app, NO_CREDIT)
    show(app, "Log")
    ui.find(app, None, "Only the end of this log is kept here. The first 5.0")
    choose(app, JOB)


def preview(app, name):
    ui.click(ui.find(jobs_page(app), "table cell", name, timeout=2))
    ui.focus_window()
    ui.key("space")
    return ui.until(lambda: name in window_titles(app), 3)


def close_preview(app, name):
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: name not in window_titles(app)), "Escape does not close the preview"


def test_outputs(app):
    show(app, "Outputs")
    assert ui.until(lambda: preview(app, "rehearsal.png")), "the space bar opens no preview"
    close_preview(app, "rehearsal.png")


def test_output_is_saved_and_copied(app):
    path = pathlib.Path(os.environ["HOME"]) / "saved.png"
    ui.press(ui.find(jobs_page(app), "push button", "Save As"))
    choose_file(app, path)
    assert ui.until(lambda: path.exists() and path.read_bytes().startswith(b"\x89PNG")), "the output is not saved"
    ui.press(ui.find(jobs_page(app), "push button", "Copy"))
    ui.find(app, "label", "Copied")


def test_video_output(app):
    """It is played where GTK has a player; where there is none, that is said, and it can be opened in another program."""
    assert ui.until(lambda: preview(app, VIDEO)), "the space bar opens no preview of the video"
    window = ui.find(app, "frame", VIDEO)
    if has_player():
        ui.find(window, None, "GtkVideo")
    else:
        ui.find(window, "label", "GTK has no player for videos on this computer")
    assert is_enabled(window, "Open"), "it cannot be opened"
    close_preview(app, VIDEO)


def test_cost_and_request(app):
    show(app, "Cost")
    ui.find(app, "list", "Itemised Estimate")
    ui.find(app, "label", "Estimated")
    show(app, "Request")
    ui.find(app, "push button", "Copy as")


def has_player():
    """Modules of GTK that play videos; there is a built-in one on no system that this runs on."""
    return any(pathlib.Path("/usr/lib").glob("*/gtk-4.0/*/media/*.so"))


def is_enabled(app, name):
    button = ui.find(app, "push button", name)
    return button.get_state_set().contains(ui.Atspi.StateType.SENSITIVE)


def test_failed_job_says_what_to_do(app):
    choose(app, NO_CREDIT)
    show(app, "Progress")
    ui.find(app, "label", "Rehearsed: the account is out of credit")
    ui.find(app, "label", "Top up the account or raise its limit")
    ui.find(app, "push button", "Open Providers")
    choose(app, CRASHED)
    ui.find(app, "label", "Rehearsed: the program crashed")
    ui.find(app, "label", "Read the end of the log")


def test_waiting_job(app):
    choose(app, WAITING)
    assert ui.find(app, "push button", "Cancel Job")
    assert not is_enabled(app, "Delete Job"), "a job that waits can be deleted"
    assert not is_enabled(app, "Retry Elsewhere"), "a job that waits can be retried elsewhere"


def test_retry_elsewhere_lists_prices(app):
    choose(app, NO_CREDIT)
    ui.press(ui.find(app, "push button", "Retry Elsewhere"))
    others = ui.find(app, "list", "Other Providers")
    app.clear_cache()
    names = [node.get_name() or "" for node in ui.nodes(others)]
    assert any("RunPod" in name for name in names), f"RunPod is not there: {names}"
    assert any("$" in name for name in names), f"there is no price: {names}"
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: "Retry Elsewhere" not in window_titles(app)), "Escape does not close the window"


def test_retry_here(app):
    """It goes to the end of the queue, which is paused."""
    choose(app, CANCELLED)
    ui.press(ui.find(app, "push button", "Retry Here"))
    ui.find(app, "push button", "Cancel Job")
    ui.find(app, "label", "Attempt 1 on Rehearsal")


def test_delete_and_undo(app):
    choose(app, CRASHED)
    ui.press(ui.find(app, "push button", "Delete Job"))
    ui.find(app, "label", "Its log and request go with it")
    ui.focus_window()
    ui.key("alt+d")
    gone = ui.until(lambda: CRASHED not in [node.get_name() for node in ui.nodes(app)])
    assert gone, "the job is still there"
    ui.press(ui.find(app, "push button", "Undo"))
    ui.find(app, "label", CRASHED)


def test_duplicate(app):
    choose(app, JOB)
    ui.press(ui.find(app, "push button", "Duplicate as New"))
    assert ui.until(lambda: "Advisor" in window_titles(app)), "the advisor does not come"


def test_progress_is_told(app):
    """A bar that moves, and every tenth of it in words, to those who do not see it."""
    subprocess.run(["gapplication", "action", "io.github.stokerapp.Stoker", "show-job", f"'{job_id(WAITING)}'"], check=True)
    jobs = jobs_page(app)
    show(jobs, "Progress")
    subprocess.run(["gsettings", "set", "io.github.stokerapp.Stoker", "queue-paused", "false"], check=True)
    values, words = set(), set()

    def look():
        bar = progress_bar(jobs)
        if bar:
            values.add(round(ui.Atspi.Value.get_current_value(bar.get_value_iface()), 3))
            words.update(name for name in names_beside(bar) if "%" in name)
        return len(values) > 2 and len(words) > 1

    assert ui.until(look, 40), f"the bar was seen at {sorted(values)}, and told as {sorted(words)}"


def progress_bar(jobs):
    """That of the detail; rows of the list have one too."""
    detail = ui.find(jobs, "filler", "StokerJobProgress", timeout=1)
    return next((node for node in ui.nodes(detail) if ui.role_of(node) == "progress bar" and ui.is_showing(node)), None)


def names_beside(bar):
    around = bar.get_parent()
    return [node.get_name() or "" for node in ui.nodes(around) if ui.is_showing(node)]


def make_long_logs():
    """One job whose backend has the whole log in a file, and one of which only the end is kept."""
    path = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "long.log"
    path.write_text("".join(f"step {i}\n" for i in range(LONG_LOG_LINES)), encoding="utf-8")
    handle = json.dumps({"log_path": str(path)})
    crashed, no_credit = job_id(CRASHED), job_id(NO_CREDIT)
    with contextlib.closing(sqlite3.connect(database_path())) as database, database:
        changed = database.execute("UPDATE attempts SET handle = ? WHERE job_id = ?", (handle, crashed)).rowcount
        database.execute("INSERT INTO job_documents (job_id, kind, text) VALUES (?, 'log-dropped', '5000000')", (no_credit,))
        database.execute("INSERT OR IGNORE INTO job_documents (job_id, kind, text) VALUES (?, 'log', 'the end')", (no_credit,))
        database.execute("UPDATE job_documents SET text = 'the end' WHERE job_id = ? AND kind = 'log'", (no_credit,))
    assert changed > 0


def add_video():
    """A second output of the job; that it cannot be decoded does not matter here."""
    path = pathlib.Path(os.environ["XDG_DATA_HOME"]) / VIDEO
    path.write_bytes(b"\0\0\0\x18ftypmp42")
    row = (job_id(JOB), 1, VIDEO, str(path), "video/mp4", path.stat().st_size)
    with contextlib.closing(sqlite3.connect(database_path())) as database, database:
        database.execute("INSERT INTO artifacts (job_id, position, name, path, media_type, bytes) VALUES (?, ?, ?, ?, ?, ?)", row)


def make_rehearsal_slow():
    """So that a job of it is seen running."""
    with contextlib.closing(sqlite3.connect(database_path())) as database, database:
        (entry,), = database.execute("SELECT entry FROM providers WHERE entry LIKE '%simulated%'")
        changed = json.loads(entry)
        changed["config"]["seconds"] = "20"
        database.execute("UPDATE providers SET entry = ? WHERE entry = ?", (json.dumps(changed), entry))


def main():
    subprocess.run([SEED, "--waiting"], check=True, stdout=subprocess.DEVNULL)
    make_long_logs()
    make_rehearsal_slow()
    add_video()
    return run_all(globals(), Window(WINDOW), time_limit=540)


if __name__ == "__main__":
    sys.exit(main())
