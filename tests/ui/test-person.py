# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-person.py WINDOW SOURCE_ROOT: the way of one person, from an empty home to pictures made elsewhere.

Only keys and the accessibility bus are used, so that it runs where there is no pointer: on Wayland too.
"""
import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import (  # noqa: E402
    Emulator, Window, choose_file, field, files_holding, fill, find_undo, frame, in_keyring, labels, page, run_all, settle, unnamed,
    wait_for_label,
)

WINDOW, SOURCE = sys.argv[1:3]
PAGES = ("Overview", "Providers", "Advisor", "Compare", "Jobs")
KEY = "rpa_test_good"
WORKLOAD = pathlib.Path(SOURCE).resolve() / "tests" / "data" / "workload-cg-batch.json"
JOB = "Frames of the harbour"
SECOND_JOB = "Frames of the night"
COPY = "RunPod (copy)"
TAB_LIMIT = 80
# The window's own controls, the header, and three for each row.
ROW_LIMIT = 30
# A compositor gives a new window the keyboard some time after it appears.
KEYBOARD_S = 1.5


def has_keyboard(root):
    root.clear_cache()
    return any(node.get_state_set().contains(ui.Atspi.StateType.FOCUSED) for node in ui.nodes(root))


def is_usable(node):
    node.clear_cache()
    return node.get_state_set().contains(ui.Atspi.StateType.SENSITIVE)


def go_to(app, name):
    def open_page():
        ui.focus_window()
        ui.key("ctrl+%d" % (PAGES.index(name) + 1))
        return frame(app, name, timeout=2)

    # A window has the keyboard only some time after it is shown.
    assert ui.until(open_page), f"the page {name} did not come"
    return page(app, name)


def focus(root, role, name, keys=("Tab",)):
    """Walks to a control with the keyboard."""
    ui.focus_window()
    node = ui.find(root, role, name)
    for key in keys * TAB_LIMIT:
        if has_keyboard(node):
            return node
        ui.key(key)
    raise AssertionError(f"{role} {name!r} cannot be reached with {keys}")


def test_rehearse(app, emulator):
    frame(app, "Overview")
    ui.press(ui.find(app, "push button", "Rehearse without an Account"))
    frame(app, "Jobs")
    wait_for_label(page(app, "Jobs"), "Finished on Rehearsal", 30)
    go_to(app, "Overview")
    ui.find(app, None, "rehearsal.png")


def paste_key(setup):
    """Cuts the key out of the field below and pastes it where it belongs, as people bring theirs from a page."""
    fill(setup, "Endpoint ID", KEY)
    # A field does not tell whether it has the keyboard; the button between the two does.
    focus(setup, "push button", "Where Do I Find This?")
    for key in ("Tab", "ctrl+a", "ctrl+x", "shift+Tab", "shift+Tab", "shift+Tab", "ctrl+v"):
        ui.key(key)
    assert ui.until(lambda: ui.read(field(setup, "Endpoint ID")) == ""), "the field is not empty after cutting"


def place_of(gallery, name):
    """The middle of a card's name."""
    gallery.clear_cache()
    return ui.middle(next(node for node in ui.nodes(gallery) if ui.role_of(node) == "label" and node.get_name() == name))


def test_add_a_provider(app, emulator):
    ui.press(ui.find(go_to(app, "Providers"), "push button", "Add a Provider"))
    gallery = frame(app, "Add a Provider")
    settle(KEYBOARD_S)
    first = place_of(gallery, "AWS EC2")
    ui.focus_window()
    ui.type_text("runpod")
    # Return takes the first card, so what is looked for has to be that by then.
    assert ui.until(lambda: place_of(gallery, "RunPod")[1] <= first[1]), f"RunPod is at {place_of(gallery, 'RunPod')}, not at {first}"
    ui.key("Return")
    setup = frame(app, "Set Up RunPod")
    settle(KEYBOARD_S)
    fill(setup, "API Address", emulator.url + "/runpod")
    fill(setup, "Address for Jobs", emulator.url + "/runpod-jobs/v2")
    paste_key(setup)
    fill(setup, "Endpoint ID", "comfy4090")
    assert unnamed(setup) == [], f"without a name in the form: {unnamed(setup)}"
    ui.press(ui.find(setup, "push button", "Save and Check"))
    ui.press(ui.find(setup, "push button", "Allow Live"))
    wait_for_label(setup, "good@example.com")
    ui.press(ui.find(setup, "push button", "Continue"))
    wait_for_label(setup, "RunPod Is Ready")
    ui.press(ui.find(setup, "push button", "Done"))
    ui.find(app, "list item", "RunPod")
    assert in_keyring("runpod") == KEY, "the keyring does not have the key"


def open_workload(app, path):
    advisor = go_to(app, "Advisor")
    ui.press(ui.find(advisor, "push button", "Open a Workload"))
    choose_file(app, path)
    assert ui.until(lambda: path.name in labels(advisor)), "the file was not taken"
    # The page asks for new advice after a pause in typing.
    settle(1)
    return advisor


def test_advice(app, emulator):
    advisor = open_workload(app, WORKLOAD)
    wait_for_label(advisor, r"^Run it on RunPod\.$")
    wait_for_label(advisor, r"about \$")
    # The file says what it needs, but has nothing to send.
    wait_for_label(advisor, "There is nothing to send to RunPod yet")
    run = ui.find(advisor, "push button", "Run on RunPod")
    assert not is_usable(run), "nothing can be run"


def summaries(compare):
    """What screen readers are told of the charts."""
    compare.clear_cache()
    return [node.get_description() for node in ui.nodes(compare) if ui.role_of(node) in ("image", "icon") and ui.is_showing(node)
            and node.get_description()]


def test_compare(app, emulator):
    compare = go_to(app, "Compare")
    told = [ui.until(lambda: summaries(compare))]
    assert told[0], "the chart says nothing"
    for chart in ("Volume", "Hours"):
        focus(compare, "push button", chart)
        ui.key("space")
        assert ui.until(lambda: summaries(compare) and summaries(compare) not in told), f"{chart} shows {summaries(compare)}"
        told.append(summaries(compare))


def write_full_workload(name):
    """The same work, with something to send in place of the file that has to be uploaded."""
    workload = json.loads(WORKLOAD.read_text(encoding="utf-8"))
    del workload["assets"]
    workload.update({"name": name, "payload": {"workflow": {"1": {"class_type": "SaveImage", "inputs": {}}}}})
    path = pathlib.Path(os.environ["HOME"]) / (name.lower().replace(" ", "-") + ".json")
    path.write_text(json.dumps(workload), encoding="utf-8")
    return path


def test_dry_run(app, emulator):
    advisor = open_workload(app, write_full_workload(JOB))
    ui.press(ui.find(advisor, "push button", "Dry Run"))
    request = frame(app, "Dry Run")
    ui.find(request, "push button", "Copy as")
    assert any("curl" in name for name in names(request)), "the request cannot be copied for a shell"
    assert not any(KEY in text for text in names(request) + texts(request)), "the key is shown"
    assert any("/runpod" in text for text in names(request) + texts(request)), "the address is not shown"
    assert emulator.jobs() == [] or emulator.jobs() == {}, "something was sent"
    ui.focus_window()
    settle(KEYBOARD_S)
    ui.key("Escape")
    assert ui.until(lambda: "Dry Run" not in titles(app)), "Escape does not close the dry run"


def names(root):
    root.clear_cache()
    return [node.get_name() or "" for node in ui.nodes(root)]


def texts(root):
    return [ui.read(node) for node in ui.nodes(root)]


def titles(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def confirm(advisor):
    """Reads all warnings and says so, with the keyboard."""
    def is_ready():
        advisor.clear_cache()
        checks = [node for node in ui.nodes(advisor) if "I have read this" in (node.get_name() or "") and ui.is_showing(node)]
        if not checks or checks[0].get_state_set().contains(ui.Atspi.StateType.CHECKED):
            return True
        for button in [node for node in ui.nodes(checks[0].get_parent()) if ui.role_of(node) == "push button" and ui.is_showing(node)]:
            ui.press(button)
        focus(advisor, None, "I have read this")
        ui.key("space")
        return False

    assert ui.until(is_ready, 30), "the warnings cannot be confirmed"


def run(app):
    advisor = go_to(app, "Advisor")
    settle(1)
    confirm(advisor)
    ui.press(ui.find(advisor, "push button", "Run on RunPod"))
    frame(app, "Jobs")


def watch(jobs, name):
    """Follows the newest job to its end, and returns the states that were seen."""
    row = ui.find(jobs, "list item", name)
    seen = []

    def is_over():
        state = next(text for text in labels(row) if " · " in text).split(" · ")[0]
        if state not in seen:
            seen.append(state)
        return state in ("Done", "Failed", "Cancelled", "Lost")

    ui.until(is_over, 60)
    return seen


def test_run(app, emulator):
    # Long enough to be seen on its way.
    emulator.control(settings={"cold_seconds": 120})
    run(app)
    jobs = page(app, "Jobs")
    seen = watch(jobs, JOB)
    assert seen[-1:] == ["Done"], f"{seen}: {labels(jobs)}"
    assert [state for state in seen if state in ("Queued", "Starting", "Running")], f"no way there: {seen}"
    wait_for_label(jobs, "Finished on RunPod")


def test_outputs(app, emulator):
    jobs = page(app, "Jobs")
    ui.press(ui.find(jobs, "page tab", "Outputs"))
    name = ui.find(ui.find(jobs, "table", "Outputs"), "table cell", ".png").get_name()
    focus(jobs, "table cell", name)

    def preview():
        ui.key("space")
        return ui.until(lambda: name in titles(app), 3)

    assert ui.until(preview), "the space bar opens no preview"
    settle(KEYBOARD_S)
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: name not in titles(app)), "Escape does not close the preview"


def row_of(providers, name):
    """The row of a provider; the names of others may begin alike."""
    providers.clear_cache()
    return next(node for node in ui.nodes(providers) if ui.role_of(node) == "list item" and node.get_name() == name)


def is_listed(providers, name):
    try:
        return ui.is_showing(row_of(providers, name))
    except StopIteration:
        return False


def focused(app):
    """What has the keyboard."""
    app.clear_cache()
    return [node.get_name() for node in ui.nodes(app) if node.get_state_set().contains(ui.Atspi.StateType.FOCUSED)]


def focus_row(app, name):
    providers = go_to(app, "Providers")
    row = ui.until(lambda: row_of(providers, name))
    stops = []
    for _ in range(ROW_LIMIT):
        if has_keyboard(row):
            return
        ui.focus_window()
        ui.key("Tab")
        stops += focused(app)
    raise AssertionError(f"the row {name!r} cannot be reached with Tab: {stops}")


def press_in_row(app, name, key, find_what_opens):
    """Presses a key in the row of a provider; gives what it opens."""
    focus_row(app, name)
    ui.key(key)
    found = ui.until(find_what_opens, 15)
    assert found, f"{key} in the row of {name} opens nothing; the keyboard is at {focused(app)}"
    return found


def choose(app, name, item):
    """Takes an item of the menu of a provider, with the keyboard."""
    providers = page(app, "Providers")

    def find_item():
        return next(node for node in ui.nodes(row_of(providers, name))
                    if ui.role_of(node) == "menu item" and item in (node.get_name() or "") and ui.is_showing(node))

    ui.press(press_in_row(app, name, "shift+F10", find_item))


def find_dialog(app, text):
    """The window beside the first that says this."""
    app.clear_cache()
    frames = [app.get_child_at_index(i) for i in range(app.get_child_count())]
    return next(node for node in frames if "Providers" not in (node.get_name() or "") and any(text in line for line in names(node)))


def test_a_run_that_fails(app, emulator):
    emulator.control(next={"fail": "CUDA error: out of memory"}, settings={"cold_seconds": 12})
    open_workload(app, write_full_workload(SECOND_JOB))
    run(app)
    jobs = page(app, "Jobs")
    seen = watch(jobs, SECOND_JOB)
    assert seen[-1:] == ["Failed"], f"{seen}: {labels(jobs)}"
    wait_for_label(jobs, "out of memory")


def test_a_second_provider(app, emulator):
    choose(app, "RunPod", "Duplicate")
    dialog = ui.until(lambda: find_dialog(app, "Its keys can be copied"))
    ui.press(ui.find(dialog, "push button", "With Keys"))
    assert ui.until(lambda: is_listed(page(app, "Providers"), COPY)), "there is no copy"
    assert in_keyring("runpod-2") == KEY, "the copy has no key"


def test_retry_elsewhere(app, emulator):
    jobs = go_to(app, "Jobs")
    ui.press(ui.find(jobs, "push button", "Retry Elsewhere"))
    retry = frame(app, "Retry Elsewhere")
    others = ui.find(retry, "list", "Other Providers")
    assert any("$" in text for text in names(others)), f"no price: {names(others)}"
    settle(KEYBOARD_S)
    focus(retry, None, COPY)
    ui.key("space")
    button = ui.find(retry, "push button", f"Retry on {COPY}")
    focus(retry, "push button", button.get_name())
    ui.key("Return")
    assert ui.until(lambda: "Retry Elsewhere" not in titles(app)), f"the window stays: {labels(retry)}"
    assert wait_for_label(jobs, r"Finished on RunPod \(copy\)", 60)


def remove(app, name):
    dialog = press_in_row(app, name, "Delete", lambda: find_dialog(app, "Nothing changes at the provider"))
    settle(KEYBOARD_S)
    ui.press(ui.find(dialog, "push button", "Remove"))
    assert ui.until(lambda: not is_listed(page(app, "Providers"), name)), f"{name} is still there"


def test_remove_and_undo(app, emulator):
    remove(app, "RunPod")
    undo = ui.until(lambda: find_undo(app, "Providers"), 5)
    assert undo, "nothing offers to undo the removal"
    ui.press(undo)
    providers = page(app, "Providers")
    assert ui.until(lambda: is_listed(providers, "RunPod")), "Undo does not bring it back"
    assert in_keyring("runpod") == KEY, "the key is lost"
    asked = emulator.requests()
    choose(app, "RunPod", "Check Now")
    assert ui.until(lambda: emulator.requests() > asked), "the check asks nobody"
    wait_for_label(row_of(providers, "RunPod"), "^Working .* just now")


def test_remove_for_good(app, emulator):
    remove(app, "RunPod")
    # What can be undone is done when its message goes.
    assert ui.until(lambda: in_keyring("runpod") == "", 20), "its key stays in the keyring"
    assert in_keyring("runpod-2") == KEY, "the key of the copy is gone too"
    assert is_listed(page(app, "Providers"), COPY), "the copy is gone too"


def test_the_end(app, emulator):
    ui.focus_window()
    ui.key("ctrl+q")
    assert window.wait() == 0, "the program did not end well"
    assert window.left_behind() == [], f"still there: {window.left_behind()}"
    assert len(emulator.jobs()) == 3, f"sent twice, or not at all: {emulator.jobs()}"
    assert files_holding(KEY) == [], f"the key is in {files_holding(KEY)}"
    assert KEY not in window.said(), "the key is on standard error"


if __name__ == "__main__":
    providers = Emulator(SOURCE, speed=10)
    window = Window(WINDOW)
    try:
        status = run_all(globals(), window, providers)
    finally:
        providers.stop()
    sys.exit(status)
