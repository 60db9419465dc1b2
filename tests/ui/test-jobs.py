# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-jobs.py WINDOW SEED: drives the list of jobs through the accessibility bus, real keys and a real pointer, and prints TAP."""
import contextlib
import os
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
DONE = ("Voices of chapter three", "Portraits", "CG upscale")
ENDED_BADLY = ("Lip sync", "Backgrounds of act two", "Test render")
NAMES = (DONE[0], *ENDED_BADLY, *DONE[1:])
ORDINALS = ("1st", "2nd", "3rd")
HEADER = ("Pause Queue", "Search Jobs", "Sort, Group and Select")
SHOWN = None
SELECTED = ui.Atspi.StateType.SELECTED


def window_titles(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def open_jobs(app):
    ui.focus_window()
    ui.key("ctrl+5")
    return ui.until(lambda: "Jobs" in window_titles(app), 3)


def rows(app):
    """The rows of the list from top to bottom. What waits says its place after its name."""
    view = ui.find(page(app, "Jobs"), "list", "Jobs")
    view.clear_cache()
    found = [node for node in (view.get_child_at_index(i) for i in range(view.get_child_count()))
             if (node.get_name() or "").split(" · ")[0] in NAMES and ui.is_showing(node)]
    return sorted(found, key=lambda node: ui.middle(node)[1])


def listed(app):
    return [row.get_name().split(" · ")[0] for row in rows(app)]


def selected(app):
    return [row.get_name().split(" · ")[0] for row in rows(app) if row.get_state_set().contains(SELECTED)]


def wait_for(app, names, what):
    wanted = list(names)
    assert ui.until(lambda: listed(app) == wanted), f"{what}: {listed(app)} and not {wanted}"


def wait_for_selected(app, names, what):
    wanted = list(names)
    assert ui.until(lambda: selected(app) == wanted), f"{what}: {selected(app)} and not {wanted}"


def choose(app, name):
    """Clicks on a row, and again when the list was still moving under the pointer."""
    def click_and_look():
        ui.focus_window()
        ui.click(next(row for row in rows(app) if row.get_name().startswith(name)))
        return ui.until(lambda: selected(app) == [name], 1)

    assert ui.until(click_and_look), f"a click does not choose {name}: {selected(app)}"


def choose_in_menu(app, item):
    jobs = page(app, "Jobs")

    def open_menu():
        ui.focus_window()
        ui.click(ui.find(jobs, "push button", "Sort, Group and Select"))
        return ui.find(jobs, "menu item", item, timeout=3)

    found = ui.until(open_menu, 20)
    assert found, f"the menu has no {item}"
    ui.press(found)
    ui.focus_window()


def outside_pages(node):
    """What lies over the pages, such as a toast. There is much in the pages, and a toast does not wait."""
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child and not (child.get_name() or "").endswith("Page"):
            yield child
            yield from outside_pages(child)


def press_in_toast(app, name):
    def look():
        app.clear_cache()
        return next(node for node in outside_pages(app)
                    if ui.role_of(node) == "push button" and name in (node.get_name() or "") and ui.is_showing(node))

    button = ui.until(look)
    assert button, f"no toast offers {name}"
    ui.press(button)


def ask(query, *arguments, to_write=False):
    """Asks the database of the program, or changes it while the program does not run."""
    path = os.path.join(os.environ["XDG_DATA_HOME"], "stoker", "stoker.db")
    mode = "rw" if to_write else "ro"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode={mode}", uri=True)) as database, database:
        return database.execute(query, arguments).fetchall()


def kept(name):
    """What is kept of a job: its documents and the files it made, which have to be there."""
    documents = ask("SELECT kind, text FROM job_documents JOIN jobs ON jobs.id = job_id WHERE jobs.name = ? ORDER BY kind", name)
    paths = [path for path, in ask("SELECT path FROM artifacts JOIN jobs ON jobs.id = job_id WHERE jobs.name = ?", name)]
    return documents, [(path, os.path.getsize(path)) for path in paths if path]


def test_header(app):
    assert ui.until(lambda: open_jobs(app)), "the page Jobs did not come"
    for name in HEADER:
        ui.find(page(app, "Jobs"), "push button", name)
    wait_for(app, NAMES, "at first")


def test_sort(app):
    choose_in_menu(app, "Name")
    wait_for(app, sorted(NAMES), "by name")
    choose_in_menu(app, "Newest First")
    wait_for(app, NAMES, "newest first")


def test_filter(app):
    ui.press(ui.find(page(app, "Jobs"), "push button", "Running 0"))
    ui.find(page(app, "Jobs"), "label", "No Job Matches")
    ui.press(ui.find(page(app, "Jobs"), "push button", "Clear"))
    wait_for(app, NAMES, "after clearing")


def test_search(app):
    ui.press(ui.find(page(app, "Jobs"), "push button", "Search Jobs"))
    ui.find(page(app, "Jobs"), "entry", "Search jobs")
    ui.focus_window()
    ui.type_text("portr")
    wait_for(app, ("Portraits",), "searched")
    ui.key("Escape")
    wait_for(app, NAMES, "after the search")


def test_find_after_click(app):
    """The keyboard stays in the row that was clicked, and Ctrl+F takes it to the search of the list."""
    choose(app, "Test render")
    ui.key("ctrl+f")
    ui.find(page(app, "Jobs"), "entry", "Search jobs")
    ui.type_text("lip")
    wait_for(app, ("Lip sync",), "typed after Ctrl+F")
    # From the results it goes back into the entry.
    ui.key("Return")
    ui.key("ctrl+f")
    ui.key("ctrl+a")
    ui.type_text("test")
    wait_for(app, ("Test render",), "typed after the second Ctrl+F")
    ui.key("Return")
    ui.key("Escape")
    wait_for(app, NAMES, "Escape in the results")


def test_range(app):
    choose(app, "Lip sync")
    ui.key("shift+Down")
    ui.key("shift+Down")
    wait_for_selected(app, ENDED_BADLY, "two down")
    ui.key("shift+Up")
    wait_for_selected(app, ENDED_BADLY[:2], "one up")
    ui.find(page(app, "Jobs"), "label", "2 selected")
    ui.key("Escape")
    assert ui.until(lambda: len(selected(app)) == 1), f"Escape leaves {selected(app)}"


def test_range_after_group(app):
    choose(app, "Lip sync")
    choose_in_menu(app, "Day")
    ui.find(page(app, "Jobs"), None, "Today")
    wait_for_selected(app, ("Lip sync",), "grouped")
    choose(app, "Lip sync")
    ui.key("shift+Down")
    wait_for_selected(app, ENDED_BADLY[:2], "Shift+Down in groups")
    choose_in_menu(app, "Nothing")


def test_range_after_search(app):
    """A search takes the rows away and brings others; what was chosen is still where a range begins."""
    choose(app, "Lip sync")
    ui.key("ctrl+f")
    ui.type_text("portr")
    wait_for(app, ("Portraits",), "searched")
    ui.key("Escape")
    wait_for(app, NAMES, "after the search")
    wait_for_selected(app, ("Lip sync",), "after the search")
    ui.key("ctrl+f")
    ui.type_text("rehearsal")
    wait_for(app, NAMES[:4], "searched for the provider")
    ui.key("Return")
    ui.key("shift+Down")
    wait_for_selected(app, ENDED_BADLY[:2], "Shift+Down from the results")
    ui.key("Escape")
    wait_for(app, NAMES, "after the second search")


def test_pause(app):
    ui.press(ui.find(page(app, "Jobs"), "push button", "Pause Queue"))
    ui.find(page(app, "Jobs"), "label", "The queue is paused")
    ui.press(ui.find(page(app, "Jobs"), "push button", "Resume"))
    assert ui.until(lambda: not any("The queue is paused" in (node.get_name() or "") and ui.is_showing(node)
                                    for node in ui.nodes(page(app, "Jobs")))), "the queue stays paused"


def test_retry_in_two_currencies(app):
    """Of the jobs that ended badly one is estimated in euros, and of one nothing is known."""
    ui.press(ui.find(page(app, "Jobs"), "push button", "Pause Queue"))
    choose(app, "Lip sync")
    ui.key("shift+Down")
    ui.key("shift+Down")
    wait_for_selected(app, ENDED_BADLY, "two down")
    ui.press(ui.find(page(app, "Jobs"), "push button", "Try Selected Jobs Again"))
    ui.find(app, "label", "Try 3 Jobs Again?")
    ui.find(app, "label", "estimated to cost about €1.20 + $0.74 once more, and 1 of which")
    ui.focus_window()
    ui.key("alt+t")
    # They are sent at once, and stand in the order in which that succeeded.
    places = {f"Waiting, {place}" for place in ORDINALS}
    assert ui.until(lambda: {row.get_name().split(" · ")[1] for row in rows(app)[1:4]} == places), \
        f"in the queue: {[row.get_name() for row in rows(app)]}"


def point(row, fraction=0.5):
    """A place in the row on the display."""
    area = ui.Atspi.Component.get_extents(row.get_component_iface(), ui.Atspi.CoordType.WINDOW)
    # Without a window manager the window is in the corner, with a border of five pixels.
    return area.x + 5 + area.width // 3, area.y + 5 + int(area.height * fraction)


def drag(source, target, fraction):
    """Drags one row onto another, as a hand would: with stops on the way."""
    (from_x, from_y), (to_x, to_y) = point(source), point(target, fraction)
    words = ["xdotool", "mousemove", str(from_x), str(from_y), "sleep", "0.2", "mousedown", "1", "sleep", "0.2"]
    for step in range(1, 11):
        x, y = from_x + (to_x - from_x) * step // 10, from_y + (to_y - from_y) * step // 10
        words += ["mousemove", str(x), str(y), "sleep", "0.05"]
    subprocess.run([*words, "sleep", "0.3", "mousemove", str(to_x + 1), str(to_y), "sleep", "0.3", "mouseup", "1"], check=True)
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)


def drag_until(app, source, target, fraction, wanted):
    def drag_and_look():
        ui.focus_window()
        there = {row.get_name().split(" · ")[0]: row for row in rows(app)}
        drag(there[source], there[target], fraction)
        return ui.until(lambda: listed(app)[:3] == wanted, 3)

    assert ui.until(drag_and_look), f"{source} is dragged to {target}, and then it is {listed(app)[:3]}"
    names = [row.get_name() for row in rows(app)][:3]
    told = [f"{name} · Waiting, {place}" for name, place in zip(wanted, ORDINALS)]
    assert ui.until(lambda: [row.get_name() for row in rows(app)][:3] == told), f"the places are {names}"
    saved = [name for name, in ask("SELECT name FROM jobs WHERE state = 'waiting' ORDER BY queue_place")]
    assert saved == wanted, f"saved is {saved}"


def test_drag_asks_for_the_order(app):
    """In another order it is said what is to be done first."""
    first, _, last = (row for row in rows(app) if "Waiting" in row.get_name())
    drag(last, first, 0.2)
    press_in_toast(app, "Sort by Queue")
    assert ui.until(lambda: [row.get_name().split(" · ")[1:] for row in rows(app)][:3] ==
                    [[f"Waiting, {place}"] for place in ORDINALS]), f"by queue: {[row.get_name() for row in rows(app)]}"


def test_drag(app):
    first, second, third = listed(app)[:3]
    drag_until(app, third, first, 0.2, [third, first, second])
    drag_until(app, third, first, 0.8, [first, third, second])


def test_move_by_key(app):
    first, second, third = listed(app)[:3]
    choose(app, third)
    ui.key("alt+Up")
    wait_for(app, (first, third, second, *DONE), "Alt+Up")
    ui.key("alt+Home")
    wait_for(app, (third, first, second, *DONE), "Alt+Home")


def select_three(app, first):
    choose(app, first)
    ui.key("shift+Down")
    ui.key("shift+Down")
    ui.find(page(app, "Jobs"), "label", "3 selected")


def test_bulk_export(app):
    path = os.path.join(os.environ["HOME"], "jobs.json")
    names = [name for name in listed(app) if name in ENDED_BADLY]
    select_three(app, names[0])
    ui.press(ui.find(page(app, "Jobs"), "push button", "Export Selected Jobs"))
    choose_file(app, path)
    assert ui.until(lambda: os.path.exists(path) and os.path.getsize(path) > 0), "nothing was exported"
    settle()
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert all(name in text for name in names) and DONE[0] not in text, f"the file has not {names}"


def delete_two(app):
    """Chooses a range of what is done with the keyboard, and deletes it."""
    ui.press(ui.find(page(app, "Jobs"), "push button", "Done "))
    ui.until(lambda: set(listed(app)) == set(DONE), 3)
    choose(app, DONE[0])
    ui.key("shift+Down")
    wait_for_selected(app, DONE[:2], "Shift+Down")
    ui.key("Delete")
    ui.find(app, "label", "Delete 2 Jobs?")
    ui.focus_window()
    ui.key("alt+d")
    wait_for(app, DONE[2:], "deleted")


def restart(width):
    """Starts the program again with a window of this width."""
    SHOWN.end_program()
    subprocess.run(["gsettings", "set", "io.github.stokerapp.Stoker", "window-width", str(width)], check=True)
    SHOWN.start()
    page.cache_clear()
    assert ui.until(lambda: open_jobs(SHOWN.app)), "the page Jobs did not come again"
    return SHOWN.app


def has_keyboard(app, name):
    """Whether the row has it. What the leaflet hides cannot, but keeps its place on the accessibility bus."""
    return any(row.get_state_set().contains(ui.Atspi.StateType.FOCUSED) for row in rows(app) if row.get_name() == name)


def test_narrow(app):
    """Where there is no room beside the list, a job takes its place, and Escape leads to its row again."""
    choose_in_menu(app, "Newest First")
    app = restart(360)
    name = "Portraits"

    def open_it():
        ui.focus_window()
        ui.click(next(row for row in rows(app) if row.get_name() == name))
        return ui.until(lambda: ui.find(page(app, "Jobs"), "label", "Rehearsed for Replicate", timeout=1), 2)

    assert ui.until(open_it), "the job does not take the place of the list"
    ui.key("Escape")
    assert ui.until(lambda: has_keyboard(app, name)), "Escape does not lead back to the row"
    ui.key("Return")
    assert ui.until(lambda: not has_keyboard(app, name)), "Return does not open the job"
    ui.key("Escape")
    assert ui.until(lambda: has_keyboard(app, name)), "Escape does not lead back once more"


def sort_setting():
    return subprocess.run(["gsettings", "get", "io.github.stokerapp.Stoker", "jobs-sort"], capture_output=True, text=True,
                          check=True).stdout.strip()


def test_sort_by_a_head(app):
    """Where there is room for a table, a click on the head of a column sorts by it, and one more the other way round."""
    app = restart(1600)

    def click_head(order):
        jobs = page(app, "Jobs")
        head = min((node for node in ui.nodes(jobs) if node.get_name() == "Name" and ui.is_showing(node)), key=lambda node: ui.middle(node)[1])
        ui.focus_window()
        ui.click(head)
        return ui.until(lambda: sort_setting() == order, 2)

    assert ui.until(lambda: click_head("'name'"), 20), f"sorted by {sort_setting()}"
    assert click_head("'-name'"), f"sorted by {sort_setting()}"
    subprocess.run(["gsettings", "reset", "io.github.stokerapp.Stoker", "jobs-sort"], check=True)


def test_delete_and_undo(app):
    app = restart(1100)
    before = [kept(name) for name in DONE[:2]]
    assert all(documents for documents, _ in before) and before[0][1], f"there is nothing to lose: {before}"
    delete_two(app)
    press_in_toast(app, "Undo")
    wait_for(app, DONE, "undone")
    assert [kept(name) for name in DONE[:2]] == before, "something of them is lost"
    choose(app, DONE[0])
    ui.find(page(app, "Jobs"), "label", "Finished on Rehearsal")


def test_delete(app):
    _, files = kept(DONE[0])
    delete_two(app)
    # The offer goes by itself.
    gone = ui.until(lambda: not ask("SELECT 1 FROM jobs WHERE name IN (?, ?)", *DONE[:2]), 20)
    assert gone, "they are still in the database"
    assert all(os.path.getsize(path) == size for path, size in files), "an output is lost"
    app = restart(1100)
    wait_for(app, DONE[2:], "after a restart")


def main():
    global SHOWN
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    ask("UPDATE jobs SET estimated_nanos = 1200000000, estimated_currency = 'EUR' WHERE name = 'Lip sync'", to_write=True)
    SHOWN = Window(WINDOW)
    return run_all(globals(), SHOWN, time_limit=840)


if __name__ == "__main__":
    sys.exit(main())
