# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-jobs.py WINDOW SEED: drives the list of jobs through the accessibility bus and real keys, and prints TAP."""
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)

WINDOW, SEED = sys.argv[1:3]
NAMES = ("Voices of chapter three", "Portraits", "CG upscale")
HEADER = ("Pause Queue", "Search Jobs", "Sort, Group and Select")
PROGRAM = None


def start():
    global PROGRAM
    PROGRAM = subprocess.Popen([WINDOW], stdout=subprocess.DEVNULL)
    app = ui.application("io.github.stokerapp.Stoker")
    assert ui.until(lambda: open_jobs(app)), "the page Jobs did not come"
    return app


def window_titles(app):
    app.clear_cache()
    return [node.get_name() for node in ui.nodes(app) if ui.role_of(node) == "frame"]


def open_jobs(app):
    ui.focus_window()
    ui.key("ctrl+5")
    return ui.until(lambda: "Jobs" in window_titles(app), 2)


def listed(app):
    """The names of jobs in the order of their rows."""
    app.clear_cache()
    rows = [node for node in ui.nodes(app)
            if ui.role_of(node) == "list item" and node.get_name() in NAMES and ui.is_showing(node)]
    return [node.get_name() for node in sorted(rows, key=lambda node: ui.middle(node)[1])]


def wait_for(app, names, what):
    wanted = list(names)
    assert ui.until(lambda: listed(app) == wanted), f"{what}: {listed(app)} and not {wanted}"


def choose_in_menu(app, item):
    def open_menu():
        ui.focus_window()
        ui.click(ui.find(app, "push button", "Sort, Group and Select", timeout=2))
        return ui.find(app, "menu item", item, timeout=1)

    found = ui.until(open_menu)
    assert found, f"the menu has no {item}"
    ui.press(found)


def test_header(app):
    for name in HEADER:
        ui.find(app, "push button", name)
    assert sorted(listed(app)) == sorted(NAMES), listed(app)


def test_sort(app):
    choose_in_menu(app, "Name")
    wait_for(app, ("CG upscale", "Portraits", "Voices of chapter three"), "by name")
    choose_in_menu(app, "Newest First")
    wait_for(app, NAMES, "newest first")


def test_filter(app):
    ui.press(ui.find(app, "push button", "Running 0"))
    ui.find(app, "label", "No Job Matches")
    ui.press(ui.find(app, "push button", "Clear"))
    wait_for(app, NAMES, "after clearing")


def test_search(app):
    ui.press(ui.find(app, "push button", "Search Jobs"))
    ui.find(app, "entry", "Search jobs")
    ui.focus_window()
    ui.type_text("portr")
    wait_for(app, ("Portraits",), "searched")
    ui.key("Escape")
    wait_for(app, NAMES, "after the search")


def test_group(app):
    choose_in_menu(app, "Day")
    ui.find(app, None, "Today")
    choose_in_menu(app, "Nothing")


def test_pause(app):
    ui.press(ui.find(app, "push button", "Pause Queue"))
    ui.find(app, "label", "The queue is paused")
    ui.press(ui.find(app, "push button", "Resume"))
    assert ui.until(lambda: not any("The queue is paused" in (node.get_name() or "") and ui.is_showing(node)
                                    for node in ui.nodes(app))), "the queue stays paused"


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]


def run(app):
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        try:
            test(app)
            print(f"ok {number} {test.__name__}", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"not ok {number} {test.__name__}\n# {error}", flush=True)
    return failed


def main():
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    try:
        failed = run(start())
    finally:
        PROGRAM.terminate()
        PROGRAM.wait(20)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
