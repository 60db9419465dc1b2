# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-invented-provider.py WINDOW SOURCE_ROOT: a provider that is one document in the user's data folder, in the window.

Nothing of it was compiled: tests/connectors/invented-provider.json is all that Stoker knows of the service tests/emulators/providers/anvil.py.
"""
import os
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import (  # noqa: E402
    Emulator, Window, field, files_holding, fill, frame, in_keyring, labels, page, run_all, unnamed, wait_for_label,
)
from journey import check_run, confirm, finish_setup, go_to, open_setup, open_workload, save_and_check, write_workload  # noqa: E402

WINDOW, SOURCE = sys.argv[1:3]
DOCUMENT = pathlib.Path(SOURCE) / "tests" / "connectors" / "invented-provider.json"
CATALOG = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "stoker" / "catalog"
KEY = "anvil_test_good"
JOB = "A forged door"
PAYLOAD = {"image": "ghcr.io/acme/render:1", "command": "render door"}
SPEED = 10
setup = None


def is_usable(node):
    node.clear_cache()
    return node.get_state_set().contains(ui.Atspi.StateType.SENSITIVE)


def test_form(app, emulator):
    """The gallery has its card, and the form the fields of the document, with what they say of themselves."""
    global setup
    go_to(app, "Providers")
    setup = open_setup(app, "Anvil")
    assert unnamed(setup) == [], f"without a name: {unnamed(setup)}"
    fill(setup, "API Address", emulator.url + "/anvil/v1")
    fill(setup, "API Key", "hammer")
    save = ui.find(setup, "push button", "Save and Check")
    assert ui.until(lambda: not is_usable(save)), "a key of another form is taken"
    fill(setup, "API Key", KEY)
    assert ui.until(lambda: is_usable(save)), f"the key is not taken: {labels(setup)}"
    assert ui.read(field(setup, "API Address")) == emulator.url + "/anvil/v1"


def test_check(app, emulator):
    save_and_check(setup, {})
    wait_for_label(setup, "smith@example.com", 20)
    wait_for_label(setup, r"\$42\.00")
    finish_setup(app, setup, "Anvil")
    assert in_keyring("anvil") == KEY, "the keyring does not have the key"


def test_advice(app, emulator):
    advisor = open_workload(app, write_workload(JOB, PAYLOAD, min_vram_gb=24, estimated_minutes=10))
    ui.find(advisor, "list item", "Anvil · On demand", timeout=20)
    # Ten minutes at $0.50 an hour.
    ui.find(advisor, "push button", "Run on Anvil · about $0.0833", timeout=20)


def test_compare(app, emulator):
    compare = go_to(app, "Compare")
    shown = ui.until(lambda: [text for text in labels(compare) if "Anvil" in text], 20)
    assert shown, f"not compared: {labels(compare)}"


def shown_texts(root):
    """All that is written in a window, in labels and in text to be copied."""
    root.clear_cache()
    return [text for node in ui.nodes(root) for text in (node.get_name() or "", ui.read(node))]


def test_dry_run(app, emulator):
    ui.press(ui.find(go_to(app, "Advisor"), "push button", "Dry Run"))
    request = frame(app, "Dry Run")
    texts = ui.until(lambda: (lambda found: found if any("/anvil/v1/jobs" in text for text in found) else None)(shown_texts(request)))
    assert texts, f"the address is not shown: {shown_texts(request)}"
    assert any("render door" in text for text in texts), "what is sent is not shown"
    assert not any(KEY in text for text in texts), "the key is shown"
    assert emulator.jobs() == [], "something was sent"
    ui.press(ui.find(request, "push button", "Close"))


def test_run(app, emulator):
    advisor = page(app, "Advisor")
    confirm(advisor)
    ui.press(ui.find(advisor, "push button", "Run on Anvil"))
    frame(app, "Jobs")
    check_run(app, JOB)


def test_log(app, emulator):
    jobs = page(app, "Jobs")
    ui.press(ui.find(jobs, "page tab", "Log"))
    assert ui.until(lambda: [text for text in shown_texts(jobs) if "strike 10" in text], 20), f"no log: {labels(jobs)}"


def test_the_end(app, emulator):
    assert window.close() == 0, "the program did not end well"
    there = emulator.jobs()
    assert len(there) == 1 and there[0]["input"]["gpu"] == "RTX 4090", f"sent twice, or without what was chosen: {there}"
    assert not there[0]["billing"], "it goes on costing"
    assert files_holding(KEY) == [], f"the key is in {files_holding(KEY)}"
    assert KEY not in window.said(), "the key is on standard error"


if __name__ == "__main__":
    CATALOG.mkdir(parents=True)
    shutil.copy(DOCUMENT, CATALOG / "anvil.json")
    providers = Emulator(SOURCE, speed=SPEED)
    window = Window(WINDOW)
    try:
        status = run_all(globals(), window, providers)
    finally:
        providers.stop()
    sys.exit(status)
