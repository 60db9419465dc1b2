# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-three-providers.py WINDOW SOURCE_ROOT: three providers of different kinds by clicking, from the key to the output.

fal makes pictures by the piece, Vast.ai is a market of rented machines that needs consent, Google Cloud takes a key file and several fields.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import (  # noqa: E402
    Emulator, Window, files_holding, fill, frame, in_keyring, labels, page, point, run_all, wait_for_label,
)
from journey import (  # noqa: E402
    check_costs, check_picture, confirm, finish_setup, go_to, open_setup, open_workload, save_and_check, take, watch, write_workload,
)

WINDOW, SOURCE = sys.argv[1:3]
SPEED = 20
KEYS = ("fal_test_good", "vast_test_good")
KEY_FILE = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "service-account.json"
MACHINE_JOB = {"image": "docker.io/library/debian:12", "command": "echo a fox"}


def run_openssl(*words, text=None):
    return subprocess.run(["openssl", *words], input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout


def make_key_file():
    """Writes a service account's key of this run, and returns its public half."""
    private_key = run_openssl("genpkey", "-algorithm", "RSA")
    KEY_FILE.write_text(json.dumps({
        "type": "service_account", "project_id": "acme-render", "private_key_id": "test_good", "private_key": private_key,
        "client_email": "stoker@acme-render.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token",
    }), encoding="utf-8")
    return run_openssl("pkey", "-pubout", text=private_key)


def run_it(app, provider):
    """Runs what the advisor shows, whatever it warns of, and waits for the end; returns the page with the job."""
    advisor = page(app, "Advisor")
    confirm(advisor)
    ui.press(ui.find(advisor, "push button", f"Run on {provider}"))
    frame(app, "Jobs")
    return page(app, "Jobs")


def check_done(jobs, name):
    seen = watch(jobs, name)
    assert seen[-1:] == ["Done"], f"{seen}: {labels(jobs)}"


def output_tile(jobs):
    ui.press(ui.find(jobs, "page tab", "Outputs"))
    return ui.find(ui.find(jobs, "table", "Outputs"), "table cell", ".", timeout=20)


def test_fal_set_up(app, emulator):
    go_to(app, "Providers")
    setup = open_setup(app, "fal")
    save_and_check(setup, {"API Key": "admin:" + KEYS[0], "Model": "fal-ai/flux/dev", "API Address": emulator.url + "/fal-api/v1",
                           "Address for Jobs": emulator.url + "/fal-queue", "Address for Storage": emulator.url + "/fal-rest"})
    wait_for_label(setup, r"\$24\.50", 20)
    finish_setup(app, setup, "fal")
    assert in_keyring("fal") == "admin:" + KEYS[0], "the keyring does not have the key"


def test_fal_run(app, emulator):
    advisor = open_workload(app, write_workload("Two foxes", {"prompt": "a fox", "image_size": "square"}))
    # 0.025 a picture of up to a megapixel; how many is told in the window.
    ui.find(advisor, "push button", "Run on fal · $0.025", timeout=20)
    fill(advisor, "Number of Pictures, 1 to 4", "2")
    ui.find(advisor, "push button", "Run on fal · $0.05", timeout=20)
    jobs = run_it(app, "fal")
    check_done(jobs, "Two foxes")
    check_costs(jobs)
    check_picture(jobs)


def test_fal_output_opens(app, emulator):
    jobs = page(app, "Jobs")
    tile = output_tile(jobs)

    def open_it():
        point(tile)
        ui.key("space")
        return frame(app, tile.get_name(), timeout=3)

    assert ui.until(open_it, 20), "the picture does not open"
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: tile.get_name() not in titles(app)), "Escape does not close the picture"


def titles(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def test_vast_set_up(app, emulator):
    """A market is left out until its risk is taken."""
    go_to(app, "Providers")
    setup = open_setup(app, "Vast.ai")
    save_and_check(setup, {"API Key": KEYS[1], "Highest Price per Hour": "0.60", "API Address": emulator.url + "/vast"})
    finish_setup(app, setup, "Vast.ai", consent="Machines belong to third parties")
    assert in_keyring("vast") == KEYS[1], "the keyring does not have the key"


def test_vast_run(app, emulator):
    advisor = open_workload(app, write_workload("A rented fox", MACHINE_JOB, min_vram_gb=24))
    take(advisor, "Vast.ai · On demand")
    wait_for_label(advisor, "Machines belong to third parties", 20)
    jobs = run_it(app, "Vast.ai")
    check_done(jobs, "A rented fox")
    check_costs(jobs)
    assert output_tile(jobs).get_name() == "log.txt", "its log is no output"
    rented = [job for job in emulator.jobs() if job["provider"] == "vast"]
    assert len(rented) == 1 and not rented[0]["billing"], f"a machine is left: {rented}"


def test_google_set_up(app, emulator):
    """What is in the key file is shown, and the project is taken from it."""
    emulator.control(settings={"public_key": make_key_file()})
    go_to(app, "Providers")
    setup = open_setup(app, "Google Cloud")
    fields = {"Service Account File": str(KEY_FILE), "Project ID": "acme-render", "Storage Bucket": "acme-assets",
              "API Address": emulator.url + "/gcp/compute/v1", "Address for Tokens": emulator.url + "/gcp", "Address for Storage": emulator.url + "/gcp"}
    save_and_check(setup, fields)
    finish_setup(app, setup, "Google Cloud")


def test_google_run(app, emulator):
    advisor = open_workload(app, write_workload("A fox in the cloud", dict(MACHINE_JOB, env=["SEED=7"]), min_vram_gb=24))
    take(advisor, "Google Cloud · Compute Engine, on demand")
    jobs = run_it(app, "Google Cloud")
    check_done(jobs, "A fox in the cloud")
    check_picture(jobs)
    made = [job for job in emulator.jobs() if job["provider"] == "google-cloud"]
    assert len(made) == 1 and not made[0]["billing"], f"a machine is left: {made}"


def test_the_end(app, emulator):
    assert window.close() == 0, "the program did not end well"
    assert len(emulator.jobs()) == 3, f"sent twice: {emulator.jobs()}"
    line = json.loads(KEY_FILE.read_text(encoding="utf-8"))["private_key"].splitlines()[3]
    KEY_FILE.unlink()
    for secret in (*KEYS, line):
        assert files_holding(secret) == [], f"a key is in {files_holding(secret)}"
        assert secret not in window.said(), "a key is on standard error"


if __name__ == "__main__":
    providers = Emulator(SOURCE, speed=SPEED)
    window = Window(WINDOW)
    try:
        status = run_all(globals(), window, providers)
    finally:
        providers.stop()
    sys.exit(status)
