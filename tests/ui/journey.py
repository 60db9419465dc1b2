# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a person's way from a key to a picture, by pointer and through the accessibility bus."""
import functools
import json
import os
import pathlib
import re
import subprocess
import tempfile

import uidrive as ui
from acceptance import WHEEL_LIMIT, choose_file, fill, frame, labels, page, point, scroll_to, settle, unnamed, wait_for_label

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def go_to(app, name):
    def open_page():
        point(ui.find(sidebar(app), "list item", name))
        return frame(app, name, timeout=2)

    assert ui.until(open_page), f"the page {name} did not come"
    settle()
    return page(app, name)


@functools.cache
def sidebar(app):
    return ui.find(app, "list", "Pages")


def save_and_check(setup, fields):
    """Fills the form of a provider, sends it off, and allows the check to ask the provider."""
    for name, text in fields.items():
        fill(setup, name, text)
    assert unnamed(setup) == [], f"without a name in the form: {unnamed(setup)}"
    ui.press(ui.find(setup, "push button", "Save and Check"))
    button = find_button(setup, "Allow Live|Continue$|Keep It Anyway")
    if "Allow Live" in button.get_name():
        ui.press(button)


def find_button(root, pattern, timeout=20):
    """The first button in sight whose name matches."""
    def look():
        root.clear_cache()
        return next(node for node in ui.nodes(root) if ui.role_of(node) == "push button" and ui.is_showing(node)
                    and re.search(pattern, node.get_name() or ""))

    found = ui.until(look, timeout)
    assert found, f"no button {pattern!r}"
    return found


def open_setup(app, provider):
    """From the list of providers through the gallery to the provider's form."""
    ui.press(ui.find(page(app, "Providers"), "push button", "Add a Provider"))
    gallery = frame(app, "Add a Provider")
    ui.write(ui.find(gallery, "entry", "Search providers"), provider)
    settle()
    assert unnamed(gallery) == [], f"without a name in the gallery: {unnamed(gallery)}"
    point(ui.find(gallery, "table cell", provider))
    return frame(app, f"Set Up {provider}")


def write_workload(name, payload, **requirements):
    """Writes what somebody would have in a file of theirs."""
    path = pathlib.Path(tempfile.mkdtemp(dir=os.environ["HOME"])) / f"{name}.json".replace(" ", "-")
    needed = {"type": "image", "min_vram_gb": 12, "estimated_minutes": 1, **requirements}
    path.write_text(json.dumps({"name": name, "requirements": needed, "payload": payload}), encoding="utf-8")
    return str(path)


def open_workload(app, path):
    """Through the button and the file chooser."""
    advisor = go_to(app, "Advisor")
    ui.press(ui.find(advisor, "push button", "Open a Workload"))
    choose_file(app, path)
    assert ui.until(lambda: os.path.basename(path) in labels(advisor)), "the file was not taken"
    # The page asks for new advice after a pause in typing.
    settle(1)
    return advisor


def confirm(advisor):
    """Confirms what the advisor warns of, all of it, where it warns of something."""
    def is_ready():
        advisor.clear_cache()
        checks = [node for node in ui.nodes(advisor) if "I have read this" in (node.get_name() or "") and ui.is_showing(node)]
        if not checks:
            return True
        more = [node for node in ui.nodes(checks[0].get_parent()) if ui.role_of(node) == "push button" and ui.is_showing(node)]
        for button in more:
            ui.press(button)
        if not checks[0].get_state_set().contains(ui.Atspi.StateType.CHECKED):
            # It has no action on the bus of GTK 4.8.
            point(checks[0])
            settle()
        return checks[0].get_state_set().contains(ui.Atspi.StateType.CHECKED)

    assert ui.until(is_ready), "the warnings cannot be confirmed"
    settle()


def take(advisor, candidate):
    """Opens the row of a candidate, takes it in place of the first, and folds the row again: the next one has to be in sight."""
    row = ui.find(advisor, "list item", candidate)

    def open_row():
        point(scroll_to(ui.find(row, "label", candidate), advisor))
        return ui.find(row, "push button", "Take This One", timeout=2)

    button = ui.until(open_row)
    assert button, f"{candidate} does not open"
    ui.press(button)
    settle()
    row = ui.find(advisor, "list item", candidate)
    if ui.until(lambda: ui.find(row, "push button", "Take This One", timeout=0.2), 0.5):
        point(ui.find(row, "label", candidate))
    # What it warns of is confirmed further up.
    x, y = ui.middle(advisor)
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(WHEEL_LIMIT), "--delay", "20", "4"], check=True)
    settle()


def state_of(jobs, name):
    row = ui.find(jobs, "list item", name, timeout=1)
    return next(text for text in labels(row) if " · " in text).split(" · ")[0]


def watch(jobs, name):
    """Follows a job in the list to its end, and returns the states that were seen, each once."""
    seen = []

    def look():
        state = state_of(jobs, name)
        if state not in seen:
            seen.append(state)
        return state in ("Done", "Failed", "Cancelled", "Lost")

    ui.until(look, 40)
    return seen


def check_costs(jobs):
    """Estimate and accrued cost stand side by side, and both are amounts."""
    titles = [ui.find(jobs, "label", title) for title in ("Estimate", "So Far")]
    amounts = [next(node for node in ui.nodes(title.get_parent()) if "$" in (node.get_name() or "")) for title in titles]
    (left, top), (right, other_top) = (ui.middle(node) for node in amounts)
    assert top == other_top and left < right, "the two amounts do not stand side by side"


def check_picture(jobs):
    """What the outputs show is a picture on the disk."""
    ui.press(ui.find(jobs, "page tab", "Outputs"))
    tile = ui.find(ui.find(jobs, "table", "Outputs"), "table cell", ".")
    found = list(pathlib.Path(os.environ["XDG_DATA_HOME"]).rglob(tile.get_name()))
    assert found, f"{tile.get_name()} is nowhere"
    assert found[-1].read_bytes().startswith(PNG_MAGIC), f"{found[-1]} is no PNG"


def finish_setup(app, setup, name, consent=None):
    """From a check that went well to the list; a market wants consent to what it warns of."""
    ui.press(find_button(setup, "Continue$"))
    wait_for_label(setup, f"{name} Is Ready", 20)
    if consent:
        wait_for_label(setup, consent)
        switch = ui.find(setup, "check box", "Use It All the Same")
        ui.press(switch)
        assert ui.until(lambda: switch.get_state_set().contains(ui.Atspi.StateType.CHECKED)), "the consent is not taken"
    ui.press(ui.find(setup, "push button", "Done"))
    ui.find(page(app, "Providers"), "list item", name)


def check_run(app, name):
    jobs = page(app, "Jobs")
    seen = watch(jobs, name)
    assert seen[-1:] == ["Done"], f"{seen}: {labels(jobs)}"
    check_costs(jobs)
    check_picture(jobs)
