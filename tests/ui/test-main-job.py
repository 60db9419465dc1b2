# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-main-job.py WINDOW STOKER SOURCE_ROOT: from an empty home to pictures made elsewhere, as a person would do it.

Every step is a click or a text typed through the accessibility bus; the providers are emulated, the keyring is a real one.
STOKER_UI_PICTURES names a folder for a picture of the window at every step that fails.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

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
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
WAY = ("Waiting", "Sending", "Queued", "Starting", "Running", "Loading outputs", "Done")


def go_to(app, page):
    point(ui.find(ui.find(app, "list", "Pages"), "list item", page))
    ui.find(app, "frame", page)
    settle()


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


def write_workload(name, payload):
    """Writes what somebody would have in a file of theirs."""
    path = pathlib.Path(tempfile.mkdtemp(dir=os.environ["HOME"])) / "door.json"
    path.write_text(json.dumps({
        "name": name, "requirements": {"type": "image", "min_vram_gb": 12, "estimated_minutes": 1}, "payload": payload}), encoding="utf-8")
    return str(path)


def open_workload(app, path):
    """Through the button and the file chooser, whose field for a path opens at a slash."""
    go_to(app, "Advisor")
    ui.press(ui.find(app, "push button", "Open a Workload"))
    settle()
    ui.focus_window()
    subprocess.run(["xdotool", "type", "--delay", "5", path], check=True)
    settle()
    ui.key("Return")
    ui.find(app, "list item", "door.json")


def watch(app, name):
    """Follows a job in the list to its end, and returns the states that were seen, each once."""
    seen = []

    def look():
        row = ui.find(app, "list item", name, timeout=1)
        state = next(text for text in labels(row) if " · " in text).split(" · ")[0]
        if state not in seen:
            seen.append(state)
        return state in ("Done", "Failed", "Cancelled", "Lost")

    ui.until(look, 40)
    return seen


def check_costs(app):
    """Estimate and accrued cost stand side by side, and both are amounts."""
    titles = [ui.find(app, "label", title) for title in ("Estimate", "So Far")]
    amounts = [next(node for node in ui.nodes(title.get_parent()) if "$" in (node.get_name() or "")) for title in titles]
    (left, top), (right, other_top) = (ui.middle(node) for node in amounts)
    assert top == other_top and left < right, "the two amounts do not stand side by side"


def check_picture(app):
    """What the outputs show is a picture on the disk."""
    ui.press(ui.find(app, "page tab", "Outputs"))
    tile = ui.find(ui.find(app, "table", "Outputs"), "table cell", ".")
    found = list(pathlib.Path(os.environ["XDG_DATA_HOME"]).rglob(tile.get_name()))
    assert found, f"{tile.get_name()} is nowhere"
    assert found[-1].read_bytes().startswith(PNG_MAGIC), f"{found[-1]} is no PNG"


def check_run(app, name):
    seen = watch(app, name)
    assert seen[-1:] == ["Done"], f"{seen}: {labels(app)}"
    assert [state for state in seen if state in ("Queued", "Starting", "Running")], f"no way there: {seen}"
    check_costs(app)
    check_picture(app)
    return seen


def test_advice(app, emulator):
    open_workload(app, write_workload("A door by RunPod", {"workflow": {"1": {"class_type": "SaveImage", "inputs": {}}}}))
    wait_for_label(app, r"^Run it on .*\.$")
    wait_for_label(app, r"about \$")
    # Pods are cheaper, but Stoker does not rent them; the page says so.
    wait_for_label(app, "Stoker cannot start .* by itself. Run takes RunPod · Serverless")
    ui.find(app, "push button", "Run on RunPod · about $")
    assert unnamed(app) == [], f"without a name: {unnamed(app)}"


def test_run_on_runpod(app, emulator):
    ui.press(ui.find(app, "push button", "Run on RunPod"))
    seen = check_run(app, "A door by RunPod")
    assert seen == sorted(seen, key=WAY.index) and {"Queued", "Starting", "Running"} <= set(seen), f"not the way of a job: {seen}"
    assert len(emulator.jobs()) == 1, "sent more than once"


def test_set_up_replicate(app, emulator):
    go_to(app, "Providers")
    setup = open_setup(app, "Replicate")
    save_and_check(setup, {"API Key": "r8_test_good", "Model": "black-forest-labs/flux-schnell", "API Address": emulator.url + "/replicate/v1"})
    wait_for_label(setup, "Key accepted")
    ui.press(ui.find(setup, "push button", "Continue"))
    ui.press(ui.find(setup, "push button", "Done"))
    assert in_keyring("replicate") == "r8_test_good" and files_holding("r8_test_good") == []


def test_run_on_replicate(app, emulator):
    open_workload(app, write_workload("A door by Replicate", {"prompt": "a door"}))
    point(ui.find(app, "list item", "Replicate · Public models"))
    ui.press(ui.find(app, "push button", "Take This One"))
    ui.press(ui.find(app, "push button", "Run on Replicate"))
    check_run(app, "A door by Replicate")


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
