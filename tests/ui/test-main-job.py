# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-main-job.py WINDOW STOKER SOURCE_ROOT: from an empty home to pictures made elsewhere, as a person would do it.

Every step is a click or a text typed through the accessibility bus; the providers are emulated, the keyring is a real one.
STOKER_UI_PICTURES names a folder for a picture of the window at every step that fails.
"""
import re
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import (  # noqa: E402
    Emulator, Window, files_holding, frame, in_keyring, labels, page, point, run_all, scroll_to, settle, unnamed, wait_for_label,
)
from journey import (  # noqa: E402
    check_costs, check_picture, check_run, confirm, go_to, open_setup, open_workload, save_and_check, state_of, take, watch, write_workload,
)

WINDOW, STOKER, SOURCE = sys.argv[1:4]
KEY = "rpa_test_good"
COMFY_PAYLOAD = {"workflow": {"1": {"class_type": "SaveImage", "inputs": {}}}}
# Emulated seconds in a real one.
SPEED = 10


def test_set_up_runpod(app, emulator):
    go_to(app, "Providers")
    setup = open_setup(app, "RunPod")
    save_and_check(setup, {"API Key": KEY, "Endpoint ID": "comfy4090", "API Address": emulator.url + "/runpod",
                           "Address for Jobs": emulator.url + "/runpod-jobs/v2"})
    wait_for_label(setup, "good@example.com")
    wait_for_label(setup, r"\$12\.34")
    ui.press(ui.find(setup, "push button", "Continue"))
    wait_for_label(setup, "RunPod Is Ready")
    ui.press(ui.find(setup, "push button", "Done"))
    ui.find(app, "list item", "RunPod")


def test_the_key_is_only_in_the_keyring(app, emulator):
    assert in_keyring("runpod") == KEY, "the keyring does not have the key"
    assert files_holding(KEY) == [], f"the key is in {files_holding(KEY)}"
    assert KEY.encode() not in window.shown_by_proc(), "the key is in the arguments or the environment"
    assert KEY not in window.said(), "the key is on standard error"
    export = subprocess.run([STOKER, "providers", "export"], capture_output=True, text=True, timeout=30, check=True)
    assert "comfy4090" in export.stdout and KEY not in export.stdout + export.stderr, "the key is exported"


def test_advice(app, emulator):
    advisor = open_workload(app, write_workload("A door by RunPod", COMFY_PAYLOAD))
    wait_for_label(advisor, r"^Run it on .*\.$")
    wait_for_label(advisor, r"about \$")
    # Pods are cheaper, but what is sent is for a serverless endpoint; the page says so.
    wait_for_label(advisor, "RunPod needs “image” in what is sent: .* Run takes RunPod · Serverless")
    ui.find(advisor, "push button", "Run on RunPod · about $")


def test_run_on_runpod(app, emulator):
    # The clock stands still, so that every state is there until it was seen.
    emulator.control(fault="no-capacity", speed=0.001, settings={"cold_seconds": 40})
    confirm(page(app, "Advisor"))
    ui.press(ui.find(page(app, "Advisor"), "push button", "Run on RunPod"))
    jobs = page(app, "Jobs")
    way = {"Queued": {"fault": "none"}, "Starting": {"advance": 41}, "Running": {"advance": 60}, "Done": {"speed": SPEED}}
    for state, what_follows in way.items():
        assert ui.until(lambda state=state: state_of(jobs, "A door by RunPod") == state, 20), f"never {state}: {labels(jobs)}"
        emulator.control(**what_follows)
    check_costs(jobs)
    check_picture(jobs)


def test_set_up_replicate(app, emulator):
    go_to(app, "Providers")
    setup = open_setup(app, "Replicate")
    save_and_check(setup, {"API Key": "r8_test_good", "Model": "black-forest-labs/flux-schnell", "API Address": emulator.url + "/replicate/v1"})
    wait_for_label(setup, "Key accepted")
    ui.press(ui.find(setup, "push button", "Continue"))
    ui.press(ui.find(setup, "push button", "Done"))
    assert in_keyring("replicate") == "r8_test_good" and files_holding("r8_test_good") == []


def run(app, name, payload, candidate):
    """Opens a workload, takes a candidate and runs it there."""
    advisor = open_workload(app, write_workload(name, payload))
    take(advisor, candidate)
    confirm(advisor)
    ui.press(ui.find(advisor, "push button", "Run on " + candidate.split(" · ")[0]))


def test_run_on_replicate(app, emulator):
    name = "A door by Replicate"
    emulator.control(speed=0.001)
    run(app, name, {"prompt": "a door"}, "Replicate · Public models")
    jobs = page(app, "Jobs")
    assert ui.until(lambda: state_of(jobs, name) in ("Queued", "Starting", "Running"), 20), f"no way there: {labels(jobs)}"
    emulator.control(speed=SPEED)
    check_run(app, name)


def open_change(app, provider):
    """From the list of providers to the form with the provider's key."""
    providers = go_to(app, "Providers")
    point(ui.find(ui.find(providers, "list", "Registered Providers"), "list item", provider))
    settle()
    point(scroll_to(ui.find(providers, "list item", "Key and Configuration"), providers))
    return frame(app, f"Change {provider}")


def change_key(app, key):
    """Puts another key in, and waits until the check has said something about it."""
    setup = open_change(app, "RunPod")
    save_and_check(setup, {"API Key": key})
    return setup


def leave(app, setup):
    """Leaves the form, whatever the check said, and the provider's page."""
    button = ui.until(lambda: next(node for node in ui.nodes(setup) if ui.is_showing(node) and ui.role_of(node) == "push button"
                                   and re.search("Continue|Keep It Anyway", node.get_name())))
    ui.press(button)
    ui.press(ui.find(setup, "push button", "Done"))
    ui.press(ui.find(page(app, "Providers"), "push button", "Back"))
    settle()


def test_wrong_key(app, emulator):
    setup = change_key(app, "rpa_test_wrong")
    wait_for_label(setup, "Key rejected")
    wait_for_label(setup, "RunPod does not accept the key; check it or make a new one")
    ui.press(ui.find(setup, "push button", "Change Key"))
    save_and_check(setup, {"API Key": KEY})
    wait_for_label(setup, "good@example.com")
    leave(app, setup)


def test_too_many_requests(app, emulator):
    setup = change_key(app, "rpa_test_busy")
    wait_for_label(setup, "Too many requests for RunPod; it asks to wait 1 s")
    ui.find(setup, "push button", "Check Again")
    leave(app, setup)


def test_no_credit(app, emulator):
    leave(app, change_key(app, "rpa_test_poor"))
    run(app, "A door without money", COMFY_PAYLOAD, "RunPod · Serverless, flex")
    jobs = page(app, "Jobs")
    assert watch(jobs, "A door without money")[-1:] == ["Failed"]
    wait_for_label(jobs, "The RunPod account is out of credit; top it up")
    ui.find(jobs, "push button", "Retry Here")


def test_no_capacity(app, emulator):
    leave(app, change_key(app, KEY))
    emulator.control(fault="no-capacity", advance=300)
    run(app, "A patient door", COMFY_PAYLOAD, "RunPod · Serverless, flex")
    jobs = page(app, "Jobs")
    wait_for_label(jobs, "RunPod has no free GPU for this endpoint right now.* Let it wait, or cancel it", 20)
    ui.press(ui.find(jobs, "push button", "Cancel Job"))
    ui.press(ui.find(ui.find(app, "dialog"), "push button", "Cancel Job"))
    assert watch(jobs, "A patient door")[-1:] == ["Cancelled"]
    emulator.control(fault="none")


def test_every_control_has_a_name(app, emulator):
    ui.press(ui.find(go_to(app, "Advisor"), "push button", "Dry Run"))
    request = frame(app, "Dry Run")
    assert unnamed(app) == [], f"without a name: {unnamed(app)}"
    ui.press(ui.find(request, "push button", "Close"))
    settle()
    for name in ("Providers", "Compare", "Jobs"):
        shown = go_to(app, name)
        assert unnamed(shown) == [], f"without a name on {name}: {unnamed(shown)}"


def test_the_end(app, emulator):
    assert window.close() == 0, "the program did not end well"
    assert window.left_behind() == [], f"still there: {window.left_behind()}"
    assert files_holding(KEY) == [], f"the key is in {files_holding(KEY)}"
    assert len(emulator.jobs()) == 3, "a job was sent twice, or one that could not be"


if __name__ == "__main__":
    providers = Emulator(SOURCE, speed=SPEED)
    window = Window(WINDOW)
    try:
        status = run_all(globals(), window, providers)
    finally:
        providers.stop()
    sys.exit(status)
