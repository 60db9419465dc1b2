# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-main-job.py WINDOW STOKER SOURCE_ROOT: from an empty home to pictures made elsewhere, as a person would do it.

Every step is a click or a text typed through the accessibility bus; the providers are emulated, the keyring is a real one.
STOKER_UI_PICTURES names a folder for a picture of the window at every step that fails.
"""
import os
import pathlib
import signal
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
    from acceptance import Emulator, Window, files_holding, fill, in_keyring, labels, point, settle, unnamed, wait_for_label
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)

WINDOW, STOKER, SOURCE = sys.argv[1:4]
TIME_LIMIT_S = 145
KEY = "rpa_test_good"


def save_and_check(setup, fields, is_live=True):
    """Fills the form of a provider and sends it off."""
    for name, text in fields.items():
        fill(setup, name, text)
    switch = ui.find(setup, "check box", "Allow Live Requests")
    if switch.get_state_set().contains(ui.Atspi.StateType.CHECKED) != is_live:
        ui.press(switch)
    assert unnamed(setup) == [], f"without a name in the form: {unnamed(setup)}"
    ui.press(ui.find(setup, "push button", "Save and Check"))


def open_setup(app, provider):
    """From the list of providers through the gallery to the provider's form."""
    ui.press(ui.find(app, "push button", "Add a Provider"))
    gallery = ui.find(app, "frame", "Add a Provider")
    ui.write(ui.find(gallery, "entry", "Search providers"), provider)
    settle()
    assert unnamed(gallery) == [], f"without a name in the gallery: {unnamed(gallery)}"
    point(ui.find(gallery, "table cell", provider))
    return ui.find(app, "frame", f"Set Up {provider}")


def test_set_up_runpod(app, emulator):
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


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]


def run(app, emulator):
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        try:
            test(app, emulator)
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception as error:
            failed += 1
            print(f"not ok {number} {test.__name__}\n# {type(error).__name__}: {error}", flush=True)
            take_picture(test.__name__)
    return failed


def take_picture(name):
    folder = os.environ.get("STOKER_UI_PICTURES")
    if folder:
        subprocess.run(["import", "-window", "root", pathlib.Path(folder) / f"{name}.png"], check=False)


def give_up(signum, frame):
    window.kill()
    print(f"Bail out! not done after {TIME_LIMIT_S} s", flush=True)
    os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TIME_LIMIT_S)
    providers = Emulator(SOURCE, speed=10)
    window = Window(WINDOW)
    try:
        status = 1 if run(window.app, providers) else 0
    finally:
        window.kill()
        providers.stop()
    sys.exit(status)
