# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-drags.py WINDOW SEED PARTNER: files that are dragged between Stoker and another program with the pointer; prints TAP."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, field, frame, page, point, run_all, settle, wait_for_label  # noqa: E402
from journey import open_setup  # noqa: E402

WINDOW, SEED, PARTNER = sys.argv[1:4]
JOB = "Voices of chapter three"
WORKLOAD = {"name": "Dropped portraits", "requirements": {"type": "image", "min_vram_gb": 24}}
# The other window stands beside Stoker's, which is in the corner.
PARTNER_PLACE = (1500, 200)


class Partner:
    """The other program, and what was dropped onto it."""

    def __init__(self, path):
        self.process = subprocess.Popen([PARTNER, path], stdout=subprocess.PIPE, encoding="utf-8")
        found = ui.until(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                                capture_output=True, text=True, check=False).stdout.split())
        assert found, "the other program shows no window"
        subprocess.run(["xdotool", "windowmove", "--sync", found[-1], *map(str, PARTNER_PLACE)], check=True)
        os.set_blocking(self.process.stdout.fileno(), False)

    @property
    def middle(self):
        return PARTNER_PLACE[0] + 120, PARTNER_PLACE[1] + 80

    def received(self):
        """The path that was dropped last; None when there was none."""
        lines = (self.process.stdout.read() or "").split("\n")
        return next((line for line in reversed(lines) if line), None)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def drag(source, target):
    """Drags with the pointer, as a hand would: with stops on the way."""
    (from_x, from_y), (to_x, to_y) = source, target
    words = ["xdotool", "mousemove", str(from_x), str(from_y), "sleep", "0.3", "mousedown", "1", "sleep", "0.3"]
    for step in range(1, 21):
        x, y = from_x + (to_x - from_x) * step // 20, from_y + (to_y - from_y) * step // 20
        words += ["mousemove", str(x), str(y), "sleep", "0.05"]
    subprocess.run([*words, "sleep", "0.5", "mousemove", str(to_x + 1), str(to_y), "sleep", "0.5", "mouseup", "1"], check=True)
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)


def go_to(app, name):
    def show():
        point(ui.find(app, "list item", name, timeout=1))
        return frame(app, name, timeout=2)

    assert ui.until(show), f"the page {name} did not come"
    settle()
    return page(app, name)


def on_screen(node):
    """Without a window manager the window is in the corner, with a border of five pixels."""
    x, y = ui.middle(node)
    return x + 5, y + 5


def test_a_workload_is_dropped_onto_the_advisor(app):
    path = pathlib.Path(os.environ["HOME"]) / "dropped.json"
    path.write_text(json.dumps(WORKLOAD), encoding="utf-8")
    advisor = go_to(app, "Advisor")
    partner = Partner(path)
    try:
        def drop_and_look():
            drag(partner.middle, on_screen(advisor))
            return ui.until(lambda: ui.read(field(advisor, "Name")) == WORKLOAD["name"], 3)

        assert ui.until(drop_and_look), f"the form says {ui.read(field(advisor, 'Name'))!r}"
    finally:
        partner.end()
    memory = ui.find(advisor, "spin button", "Video Memory").get_value_iface()
    assert ui.until(lambda: ui.Atspi.Value.get_current_value(memory) == 24), ui.Atspi.Value.get_current_value(memory)


def drop_on_form(setup, path, name):
    """Drops a file on a field of a form; it has to stand in one of them then, whichever is for it."""
    partner = Partner(path)
    try:
        def drop_and_look():
            drag(partner.middle, on_screen(field(setup, name)))
            return ui.until(lambda: any(ui.read(node) == str(path) for node in ui.nodes(setup) if ui.role_of(node) == "text"), 3)

        assert ui.until(drop_and_look), f"the form does not take {path}"
    finally:
        partner.end()


def open_form(app, provider):
    go_to(app, "Providers")
    setup = open_setup(app, provider)
    settle()
    return setup


def close(app, setup):
    title = setup.get_name()
    ui.press(ui.find(setup, "push button", "Close"))
    assert ui.until(lambda: title not in tops(app)), f"{title} stays open"


def tops(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def test_a_service_account_is_dropped_on_a_setup(app):
    home = pathlib.Path(os.environ["HOME"])
    notes, path = home / "notes.txt", home / "portraits.json"
    key = "-----BEGIN " + "PRIVATE KEY-----\nMIIB\n-----END " + "PRIVATE KEY-----\n"
    notes.write_text("hello\n", encoding="utf-8")
    path.write_text(json.dumps({"type": "service_account", "project_id": "portraits-1", "private_key": key,
                                "client_email": "stoker@portraits-1.iam.gserviceaccount.com"}), encoding="utf-8")
    setup = open_form(app, "Google Cloud")
    # Beside its field, and no key.
    drop_on_form(setup, notes, "Project ID")
    wait_for_label(setup, "notes.txt: is not JSON, so it is no service account key")
    assert ui.read(field(setup, "Project ID")) == "", "the file went into the field below the pointer"
    drop_on_form(setup, path, "Service Account File")
    wait_for_label(setup, "stoker@portraits-1.iam.gserviceaccount.com in project portraits-1")
    assert ui.until(lambda: ui.read(field(setup, "Project ID")) == "portraits-1"), ui.read(field(setup, "Project ID"))
    close(app, setup)


def test_an_ssh_key_is_dropped_on_a_setup(app):
    if shutil.which("ssh-keygen") is None:
        print("# ssh-keygen is missing: no SSH key is dropped")
        return
    path = pathlib.Path(os.environ["HOME"]) / "id_ed25519"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "not a secret", "-f", path], check=True)
    setup = open_form(app, "On-Prem SSH")
    drop_on_form(setup, path, "SSH Key File")
    wait_for_label(setup, "Ed25519 key, 256 bits, with a passphrase: it must be in an SSH agent")
    close(app, setup)


def test_an_output_is_dragged_out(app):
    jobs = go_to(app, "Jobs")
    ui.click(ui.find(jobs, None, JOB))
    ui.press(ui.find(jobs, "page tab", "Outputs"))
    settle()
    partner = Partner(os.devnull)
    try:
        def drag_and_look():
            drag(on_screen(ui.find(jobs, "table cell", "rehearsal.png", timeout=2)), partner.middle)
            return ui.until(partner.received, 3)

        received = ui.until(drag_and_look)
        assert received, "nothing arrives"
    finally:
        partner.end()
    assert received.endswith("rehearsal.png") and pathlib.Path(received).is_file(), f"what arrives is {received}"


if __name__ == "__main__":
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    sys.exit(run_all(globals(), Window(WINDOW)))
