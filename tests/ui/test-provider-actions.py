# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-provider-actions.py WINDOW SOURCE_ROOT: what a provider can do beside jobs, and what only its user can end, by clicking.

RunPod is emulated. Prints TAP; STOKER_UI_PICTURES names a folder for a picture of the display at every step that fails.
"""
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import (  # noqa: E402
    WHEEL_LIMIT, Emulator, Window, fill, frame, labels, page, point, run_all, scroll_to, settle, unnamed, wait_for_label,
)
from journey import (  # noqa: E402
    confirm, finish_setup, go_to, open_setup, open_workload, save_and_check, state_of, take, write_workload,
)

WINDOW, SOURCE = sys.argv[1:3]
KEY = "rpa_test_good"
SPEED = 20
JOB = "A fox that stays"
# The window of an action has the name of who does it.
TITLE = "RunPod"


def titles(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def open_action(app, name):
    """From the row on the provider's page to the window that asks for what the action needs."""
    providers = page(app, "Providers")

    def open_it():
        # From the top: a row above what is shown is not found by turning the wheel down.
        x, y = ui.middle(providers)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(WHEEL_LIMIT), "--delay", "20", "4"], check=True)
        settle()
        point(scroll_to(ui.find(providers, "list item", name, timeout=2), providers))
        return frame(app, TITLE, timeout=2)

    window = ui.until(open_it, 30)
    assert window, f"“{name}” does not open"
    wait_for_label(window, name)
    assert unnamed(window) == [], f"without a name: {unnamed(window)}"
    return window


def send(window):
    ui.press(ui.find(window, "push button", "Send It"))


def close(app, window, title=TITLE):
    ui.press(ui.find(window, "push button", "Close"))
    assert ui.until(lambda: title not in titles(app)), f"{title} stays open"


def pods(emulator):
    """Those that cost something now."""
    return [job for job in emulator.jobs() if job["provider"] == "runpod" and job.get("billing")]


def test_set_up(app, emulator):
    go_to(app, "Providers")
    setup = open_setup(app, "RunPod")
    save_and_check(setup, {"API Key": KEY, "Endpoint ID": "comfy4090", "API Address": emulator.url + "/runpod",
                           "Address for Jobs": emulator.url + "/runpod-jobs/v2", "Address of the Proxy": emulator.url + "/runpod-proxy"})
    finish_setup(app, setup, "RunPod")
    providers = page(app, "Providers")
    point(ui.find(ui.find(providers, "list", "Registered Providers"), "list item", "RunPod"))
    ui.find(providers, "list", "What Else It Can Do", showing=False)


def test_a_mistake_is_named_as_the_form_does(app, emulator):
    window = open_action(app, "Create a network volume")
    sent = emulator.requests()
    fill(window, "Size (GB)", "many")
    send(window)
    wait_for_label(window, "“Size \\(GB\\)” is “many”: it must be a number")
    fill(window, "Size (GB)", "5")
    fill(window, "Name", "models")
    fill(window, "Region", "EU-RO-1")
    send(window)
    wait_for_label(window, "“Size \\(GB\\)” is \"5\": it must be at least 10")
    assert emulator.requests() == sent, "a mistake was sent"


def test_dry_run_sends_nothing(app, emulator):
    window = frame(app, TITLE)
    sent = emulator.requests()
    fill(window, "Size (GB)", "20")
    ui.press(ui.find(window, "push button", "Dry Run"))
    shown = frame(app, "Dry Run")
    wait_for_label(shown, "^Nothing was sent")
    wait_for_label(shown, "/network-volumes")
    assert emulator.requests() == sent, "a dry run was sent"
    close(app, shown, "Dry Run")


def test_result_is_shown(app, emulator):
    window = frame(app, TITLE)
    send(window)
    wait_for_label(window, "^Done\\.\n(.*\n)*name: models")
    close(app, window)


def test_what_the_provider_refuses_is_said(app, emulator):
    window = open_action(app, "Delete a network volume")
    fill(window, "Volume ID", "nosuch")
    send(window)
    wait_for_label(window, "RunPod has no volume \"nosuch\"", 20)
    close(app, window)


def test_scale_an_endpoint(app, emulator):
    window = open_action(app, "Scale a serverless endpoint")
    fill(window, "Workers at Most", "2")
    send(window)
    wait_for_label(window, "^Done\\.", 20)
    close(app, window)


def machine_rows(app):
    providers = page(app, "Providers")
    return [node.get_name() for node in ui.nodes(ui.find(providers, "list", "Machines", showing=False))
            if ui.role_of(node) == "list item" and ui.is_showing(node)]


def ask_for_machines(app):
    ui.press(ui.find(page(app, "Providers"), "push button", "Ask Now", showing=False))


def test_rent_a_machine(app, emulator):
    window = open_action(app, "Rent a machine")
    fill(window, "Name", "workbench")
    fill(window, "Image", "runpod/comfyui:latest")
    fill(window, "GPUs", "RTX 4090")
    send(window)
    wait_for_label(window, "^Done\\.\n(.*\n)*name: workbench", 20)
    close(app, window)
    assert len(pods(emulator)) == 1, pods(emulator)
    ask_for_machines(app)
    assert ui.until(lambda: {"workbench", "yesterday"} <= set(machine_rows(app)), 20), machine_rows(app)


def answer(app, heading, button):
    """Answers the question that comes up."""
    question = ui.until(lambda: next(node for node in [app.get_child_at_index(i) for i in range(app.get_child_count())]
                                     if any(heading in text for text in labels(node))))
    assert question, f"nobody asks “{heading}”: {titles(app)}"
    ui.press(ui.find(question, "push button", button))


def test_stop_and_end_a_machine(app, emulator):
    providers = page(app, "Providers")
    emulator.control(advance=120)
    ask_for_machines(app)
    ui.press(ui.find(providers, "push button", "Stop workbench", timeout=20, showing=False))
    answer(app, "Stop “workbench”?", "Stop Machine")
    wait_for_label(providers, "^stopped .*", 20)
    for name in ("workbench", "yesterday"):
        ui.press(ui.find(providers, "push button", f"End {name}", timeout=20, showing=False))
        answer(app, f"End “{name}”?", "End Machine")
        assert ui.until(lambda name=name: name not in machine_rows(app), 20), f"{name} stays: {machine_rows(app)}"
    wait_for_label(providers, "No Machine Is Rented There", 20)
    assert pods(emulator) == [], pods(emulator)


def test_a_job_leaves_a_machine_behind(app, emulator):
    """The provider does not end what the job used, whatever Stoker does."""
    emulator.control(fault="500", times=0, path="/runpod/v2/pods/", method="DELETE")
    advisor = open_workload(app, write_workload(JOB, {"image": "docker.io/library/debian:12", "command": "echo a fox"}, min_vram_gb=24))
    take(advisor, "RunPod · Pod, secure")
    confirm(advisor)
    ui.press(ui.find(advisor, "push button", "Run on RunPod"))
    frame(app, "Jobs")
    wait_for_label(page(app, "Jobs"), "the machine may still cost money", 60)
    # It ends itself after a while, which is not to come before it is looked at.
    emulator.control(speed=1)
    assert len(pods(emulator)) == 1, pods(emulator)


def test_i_ended_it_myself(app, emulator):
    jobs = page(app, "Jobs")
    ui.press(ui.find(jobs, "push button", "I Ended It Myself"))
    answer(app, "Did You End It at the Provider?", "Keep Asking")
    settle()
    assert state_of(jobs, JOB) != "Done", "it is over although its machine runs"
    ui.press(ui.find(jobs, "push button", "I Ended It Myself"))
    answer(app, "Did You End It at the Provider?", "I Ended It")
    assert ui.until(lambda: state_of(jobs, JOB) == "Done", 30), labels(jobs)
    wait_for_label(jobs, "ended by you, not by Stoker")


def test_what_was_left_behind_is_found(app, emulator):
    emulator.control(fault="none")
    providers = go_to(app, "Providers")
    ask_for_machines(app)
    wait_for_label(providers, "no job of Stoker uses it", 20)
    ui.press(ui.find(providers, "push button", "End ", timeout=20, showing=False))
    answer(app, "End “", "End Machine")
    wait_for_label(providers, "No Machine Is Rented There", 20)
    assert pods(emulator) == [], pods(emulator)


def test_the_end(app, emulator):
    assert SHOWN.close() == 0, "the program did not end well"
    assert KEY not in SHOWN.said(), "the key is on standard error"


if __name__ == "__main__":
    provider = Emulator(SOURCE, speed=SPEED)
    SHOWN = Window(WINDOW)
    try:
        status = run_all(globals(), SHOWN, provider, time_limit=800)
    finally:
        provider.stop()
    sys.exit(status)
