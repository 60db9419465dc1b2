# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-advisor.py WINDOW SEED: the page Advisor through the accessibility bus and real keys: where each figure comes from, why the others
were not chosen, and what becomes of a file; prints TAP."""
import json
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, choose_file, field, find_undo, go_to_page, labels, page, point, run_all, wait_for_label  # noqa: E402

WINDOW, SEED = sys.argv[1:3]
WORKLOAD = {"name": "Portraits of the crew", "requirements": {"type": "image", "min_vram_gb": 24}, "outputs": {"count": 4},
            "payload": {"input": {"prompt": "a portrait"}}}


def candidates(advisor):
    return ui.find(advisor, "list", "Candidates, best first")


def row(advisor, index):
    found = candidates(advisor)
    found.clear_cache()
    return found.get_child_at_index(index)


def open_row(advisor, index):
    """A row has no action of its own on the accessibility bus of GTK 4.8; the window is high enough for the pointer."""
    def click_and_look():
        point(row(advisor, index))
        return ui.until(lambda: any("×" in text for text in labels(row(advisor, index))), 2)

    assert ui.until(click_and_look, 20), f"the row does not open: {labels(row(advisor, index))}"


def test_a_sentence_first(app):
    advisor = go_to_page(app, 3, "Advisor")
    wait_for_label(advisor, r"^Run it on .+\.$")
    wait_for_label(advisor, r"about \$.* · ready in ")
    assert not [text for text in labels(advisor) if "×" in text], "the formula is not one click away, it is there at once"


def test_formula_and_source(app):
    """Of every figure: how it is made, from where, and how old that is."""
    advisor = page(app, "Advisor")
    open_row(advisor, 1)
    wait_for_label(row(advisor, 1), r"\$[\d.]+/h × ")
    wait_for_label(row(advisor, 1), r"(old|as of)")
    wait_for_label(row(advisor, 1), "Why it stands here")


def test_take_another_one(app):
    advisor = page(app, "Advisor")
    before = ui.find(advisor, "push button", "Run on").get_name()
    ui.press(ui.find(row(advisor, 1), "push button", "Take This One"))
    assert ui.until(lambda: ui.find(advisor, "push button", "Run on").get_name() != before), f"it is still {before}"


def test_why_not_the_others(app):
    advisor = page(app, "Advisor")
    wait_for_label(advisor, r"^\d+ Not Chosen$")
    reasons = ui.find(advisor, "list", "Not chosen, by reason")
    told = labels(reasons)
    assert any(re.match("May vanish|Too little|Discontinued|Cannot do this", text) for text in told), told


def test_a_file_becomes_the_form(app):
    path = pathlib.Path(os.environ["HOME"]) / "crew.json"
    path.write_text(json.dumps(WORKLOAD), encoding="utf-8")
    advisor = page(app, "Advisor")
    ui.press(ui.find(advisor, "push button", "Open a Workload"))
    choose_file(app, path)
    assert ui.until(lambda: ui.read(field(advisor, "Name")) == WORKLOAD["name"]), ui.read(field(advisor, "Name"))
    memory = ui.find(advisor, "spin button", "Video Memory").get_value_iface()
    assert ui.until(lambda: ui.Atspi.Value.get_current_value(memory) == 24), ui.Atspi.Value.get_current_value(memory)


def test_the_file_is_forgotten_and_remembered(app):
    advisor = page(app, "Advisor")
    ui.press(ui.find(advisor, "push button", "Forget the File"))
    assert ui.until(lambda: "What it sends goes along." not in labels(advisor)), "the file stays"
    undo = ui.until(lambda: find_undo(app, "Advisor"), 5)
    assert undo, "nothing offers to undo it"
    ui.press(undo)
    wait_for_label(advisor, "What it sends goes along")
    wait_for_label(advisor, "An input of 1 field")


if __name__ == "__main__":
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    for key, value in (("window-width", 1600), ("window-height", 1060)):
        subprocess.run(["gsettings", "set", "io.github.stokerapp.Stoker", key, str(value)], check=True)
    sys.exit(run_all(globals(), Window(WINDOW), time_limit=480))
