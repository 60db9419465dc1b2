# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-consent.py WINDOW: nothing is copied, risked or changed before it was agreed to. In an empty home with a key in the environment;
prints TAP."""
import os
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, field, fill, files_holding, frame, go_to_page, in_keyring, labels, page, run_all, settle, wait_for_label  # noqa: E402

WINDOW = sys.argv[1]
KEY = "rpa_found_0123456789"
CHECKED = ui.Atspi.StateType.CHECKED
SENSITIVE = ui.Atspi.StateType.SENSITIVE


def tops(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def is_usable(node):
    node.clear_cache()
    return node.get_state_set().contains(SENSITIVE)


def choose(app, provider, item):
    """Takes an item of the menu of a provider."""
    def open_menu():
        ui.focus_window()
        button = ui.find(page(app, "Providers"), "push button", f"More for {provider}", timeout=2)
        ui.click(button)
        return ui.find(button, "menu item", item, timeout=1)

    found = ui.until(open_menu, 20)
    assert found, f"the menu of {provider} has no {item}"
    ui.press(found)
    settle()


def test_a_found_key_is_only_offered(app):
    ui.press(ui.find(go_to_page(app, 2, "Providers"), "push button", "Add a Provider"))
    gallery = frame(app, "Add a Provider")
    wait_for_label(gallery, "nothing is copied until you say so")
    assert not any(KEY in text for text in labels(gallery)), "the key is shown"
    assert in_keyring("runpod") == "" and files_holding(KEY) == [], "the key was copied without a question"


def test_it_is_taken_when_one_says_so(app):
    ui.press(ui.find(frame(app, "Add a Provider"), "push button", "Set Up RunPod with This Key"))
    setup = frame(app, "Set Up RunPod")
    settle()
    save = ui.find(setup, "push button", "Save and Check")
    if not is_usable(save):
        ui.press(ui.find(setup, "push button", "Use the key from RUNPOD_API_KEY"))
    assert ui.until(lambda: is_usable(save)), f"the form is not complete: {labels(setup)}"
    assert in_keyring("runpod") == "", "the key was copied before it was saved"
    ui.press(save)
    ui.press(ui.find(setup, "push button", "Continue without a Check"))
    ui.press(ui.find(setup, "push button", "Done"))
    assert ui.until(lambda: in_keyring("runpod") == KEY), "the key is not in the keyring"
    assert ui.until(lambda: "Set Up RunPod" not in tops(app)), "the set-up stays"


def test_a_market_is_a_risk_to_be_taken(app):
    ui.press(ui.find(page(app, "Providers"), "push button", "Add a Provider"))
    frame(app, "Add a Provider")
    settle(1)
    ui.focus_window()
    ui.type_text("vast")
    settle(1)
    ui.key("Return")
    setup = frame(app, "Set Up Vast.ai")
    settle()
    fill(setup, "API Key", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
    ui.press(ui.find(setup, "push button", "Save and Check"))
    ui.press(ui.find(setup, "push button", "Continue without a Check"))
    wait_for_label(setup, "The advisor leaves it out until you take the risk below")
    assert not ui.find(setup, "check box", "Use It All the Same").get_state_set().contains(CHECKED), "the risk is taken already"
    ui.press(ui.find(setup, "push button", "Done"))
    assert ui.until(lambda: "Set Up Vast.ai" not in tops(app)), "the set-up stays"


def test_the_risk_is_named(app):
    choose(app, "Vast.ai", "Accept the Risk")
    ui.find(app, "label", "Use Vast.ai in Spite of the Risk?")
    ui.press(ui.find(app, "push button", "Cancel"))
    settle(1)
    choose(app, "Vast.ai", "Accept the Risk")
    ui.press(ui.find(ui.find(app, "dialog"), "push button", "Accept the Risk"))
    settle(1)
    choose(app, "Vast.ai", "No Longer Accept the Risk")


def test_edit(app):
    choose(app, "RunPod", "Edit")
    change = frame(app, "Change RunPod")
    settle()
    assert KEY not in [ui.read(node) for node in ui.nodes(change)], "the key comes back out of the keyring"
    ui.write(field(change, "Name"), "RunPod of the studio")
    ui.press(ui.find(change, "push button", "Save and Check"))
    ui.press(ui.find(change, "push button", "Continue without a Check"))
    ui.press(ui.find(change, "push button", "Done"))
    ui.find(page(app, "Providers"), "list item", "RunPod of the studio")
    assert in_keyring("runpod") == KEY, "the key is lost"


if __name__ == "__main__":
    os.environ["RUNPOD_API_KEY"] = KEY
    sys.exit(run_all(globals(), Window(WINDOW)))
