# SPDX-License-Identifier: GPL-3.0-or-later
"""test-window.py WINDOW SEED: drives the real window on a filled home through the accessibility bus, and prints TAP."""
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
PAGES = ("Overview", "Providers", "Advisor", "Compare", "Jobs")
SHOWN = None
# Roles that a person can act on; without a name they are a riddle to who does not see them.
NAMED_ROLES = ("push button", "toggle button", "check box", "combo box", "entry", "text", "spin button", "radio button")


def go_to(app, page):
    def press_and_look():
        ui.focus_window()
        ui.key("ctrl+%d" % (PAGES.index(page) + 1))
        return ui.until(lambda: frame_title(app) == page, 2)

    # Without a window manager a key can come before the window knows that it has the keyboard.
    assert ui.until(press_and_look), f"the page {page} did not come"


def frame_title(app):
    app.clear_cache()
    return next(node.get_name() for node in ui.nodes(app) if ui.role_of(node) == "frame")


def unnamed(app):
    app.clear_cache()
    return [
        (ui.role_of(node), ui.middle(node))
        for node in ui.nodes(app)
        if ui.role_of(node) in NAMED_ROLES and ui.is_showing(node) and not (node.get_name() or "").strip()
    ]


def count_windows(app):
    app.clear_cache()
    return sum(ui.role_of(node) == "frame" for node in ui.nodes(app))


def test_overview(app):
    assert frame_title(app) == "Overview"
    ui.find(app, "push button", "Rehearsal: ")
    ui.find(app, "push button", "Cost: $0.00/h now")
    ui.find(app, None, "rehearsal.png")


def test_overview_leads_to_a_provider(app):
    ui.press(ui.find(app, "push button", "Lambda: "))
    assert ui.until(lambda: frame_title(app) == "Providers"), "the page Providers did not come"
    ui.press(ui.find(app, "push button", "Back"))


def test_providers(app):
    go_to(app, "Providers")
    for name in ("RunPod", "Rehearsal", "This computer"):
        ui.find(app, "list item", name)


def test_switch_a_provider_off(app):
    switch = ui.find(app, "check box", "Use Lambda")
    checked = ui.Atspi.StateType.CHECKED
    assert switch.get_state_set().contains(checked)
    ui.press(switch)
    assert ui.until(lambda: (app.clear_cache(), not switch.get_state_set().contains(checked))[1])


def test_gallery(app):
    ui.press(ui.find(app, "push button", "Add a Provider"))
    search = ui.find(app, "entry", "Search providers")
    first = ui.middle(ui.find(app, "label", "AWS EC2"))
    missing = unnamed(app)
    ui.write(search, "slurm")
    # The only card that is left moves to the place of the first.
    moved = ui.until(lambda: ui.middle(ui.find(app, "label", "Slurm"))[1] == first[1])
    ui.focus_window()
    ui.key("Escape")
    ui.key("Escape")
    closed = ui.until(lambda: count_windows(app) == 1)
    assert missing == [], f"without a name in the gallery: {missing}"
    assert moved, "the search leaves other cards"
    assert closed, "the gallery stays open"


def test_set_up(app):
    """Adds a provider from its card to the last step, by pointer and keyboard."""
    ui.press(ui.find(app, "push button", "Add a Provider"))
    gallery = ui.find(app, "frame", "Add a Provider")
    first = ui.middle(ui.find(gallery, "label", "AWS EC2"))
    ui.write(ui.find(gallery, "entry", "Search providers"), "rehearsal")
    moved = ui.until(lambda: ui.middle(ui.find(gallery, "label", "Rehearsal"))[1] == first[1])
    assert moved, "the search leaves other cards"
    ui.click(ui.find(gallery, "label", "Rehearsal"))
    name = ui.find(ui.find(app, "frame", "Set Up"), "text", "Name")
    assert ui.read(name) == "Rehearsal 2", f"proposes {ui.read(name)!r}"
    ui.write(name, "Second rehearsal")
    ui.press(ui.find(app, "push button", "Save and Check"))
    ui.press(ui.find(app, "push button", "Continue"))
    ui.find(app, "label", "Second rehearsal Is Ready")
    ui.press(ui.find(app, "push button", "Done"))
    assert ui.until(lambda: count_windows(app) == 1), "the set-up stays open"
    ui.find(app, "list item", "Second rehearsal")


def test_detail(app):
    def open_detail():
        ui.click(ui.find(app, "list item", "Second rehearsal", timeout=1))
        return ui.find(app, "label", "Plans and Prices", timeout=1)

    # The row finds its place among the others only now; the first click may come before that.
    assert ui.until(open_detail), "the detail does not open"
    missing = unnamed(app)
    assert missing == [], f"without a name in the detail: {missing}"
    ui.press(ui.find(app, "push button", "Check Now"))
    ui.find(app, "label", "Working")
    ui.press(ui.find(app, "push button", "Back"))
    ui.find(app, "list item", "RunPod")


def test_advice(app):
    go_to(app, "Advisor")
    ui.find(app, "label", "Run it on")
    ui.find(app, "push button", "Run on")
    ui.find(app, "push button", "Dry Run")


def run_button(app):
    return ui.find(app, "push button", "Run on").get_name()


def test_advice_follows_the_form(app):
    memory = ui.find(app, "spin button", "Video Memory")
    before = run_button(app)
    ui.Atspi.Value.set_current_value(memory.get_value_iface(), 64)
    assert ui.until(lambda: run_button(app) != before), "more memory costs the same"
    ui.Atspi.Value.set_current_value(memory.get_value_iface(), 12)
    assert ui.until(lambda: run_button(app) == before), "the same question has another answer"


def test_compare(app):
    go_to(app, "Compare")
    ui.find(app, None, "Per Month")
    ui.find(app, None, "Cheapest at this volume")


def test_jobs(app):
    go_to(app, "Jobs")
    ui.find(app, "label", "Voices of chapter three")
    ui.find(app, "label", "Finished on Rehearsal")
    ui.find(app, "label", "Dry run, no cost")


def test_a_window_that_has_just_gone(app):
    """Who counted it and asks for it then gets another, or none. With a window that was never shown GTK 4.8 would crash here."""
    app.clear_cache()
    app.get_child_at_index(app.get_child_count())
    assert frame_title(app) in PAGES
    assert SHOWN.process.poll() is None


def test_every_control_has_a_name(app):
    for page in PAGES:
        go_to(app, page)
        missing = unnamed(app)
        assert missing == [], f"without a name on {page}: {missing}"


def count_tops(app):
    """Looks at the top only, which is much faster than a walk through all."""
    app.clear_cache()
    return app.get_child_count()


def opened_by(app, key):
    def press_and_look():
        ui.focus_window()
        ui.key(key)
        return ui.until(lambda: count_tops(app) == 2, 2)

    return ui.until(press_and_look)


def test_windows_close_by_key(app):
    """Escape and Ctrl+W close whatever is in front, and that only."""
    for opens in ("ctrl+question", "ctrl+comma", "ctrl+n"):
        for closes in ("Escape", "ctrl+w"):
            assert opened_by(app, opens), f"{opens} opens nothing"

            def press_and_look():
                ui.focus_window()
                ui.key(closes)
                return ui.until(lambda: count_tops(app) == 1, 2)

            assert ui.until(press_and_look), f"{closes} does not close what {opens} opens"
    assert SHOWN.process.poll() is None


def test_shortcuts(app):
    """All that the keyboard can do is told, by page."""
    assert opened_by(app, "ctrl+question"), "the shortcuts do not come"
    window = ui.find(app, "frame", "Keyboard Shortcuts")
    for name in ("Preferences", "Close the window", "Search"):
        ui.find(window, "label", name)
    for section in ("Providers", "Compare", "Jobs"):
        ui.find(window, "label", section, showing=False)
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: count_tops(app) == 1), "Escape does not close the shortcuts"


def setting(key):
    return subprocess.run(["gsettings", "get", "io.github.stokerapp.Stoker", key], capture_output=True, text=True, check=True).stdout.strip()


def test_after_the_end_of_a_session(app):
    """It ends the program without closing its window: the page is there again."""
    go_to(app, "Compare")
    assert ui.until(lambda: setting("page") == "'compare'"), setting("page")
    SHOWN.end_program()
    SHOWN.start()
    assert ui.until(lambda: frame_title(SHOWN.app) == "Compare"), frame_title(SHOWN.app)


def test_quit(app):
    ui.focus_window()
    ui.key("ctrl+q")
    status = SHOWN.wait()
    assert status == 0, f"left with status {status}"


def main():
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    global SHOWN
    SHOWN = Window(WINDOW)
    return run_all(globals(), SHOWN)


if __name__ == "__main__":
    sys.exit(main())
