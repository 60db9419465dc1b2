# SPDX-License-Identifier: GPL-3.0-or-later
"""test-providers.py WINDOW SEED STOKER: manages the providers of a filled home by pointer and keyboard, and prints TAP."""
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, choose_file, run_all, settle  # noqa: E402

WINDOW, SEED, STOKER = sys.argv[1:4]
SHOWN = None
KEY = "not-a-real-key-0123456789"
HOME = os.environ["HOME"]


def tops(app):
    app.clear_cache()
    return [app.get_child_at_index(i) for i in range(app.get_child_count())]


def windows(app):
    return [node.get_name() for node in tops(app)]


def rows(app):
    """Names of the providers from top to bottom."""
    app.clear_cache()
    places = {}
    for node in ui.nodes(ui.find(app, "list", "Registered Providers")):
        if ui.role_of(node) == "list item" and ui.is_showing(node):
            places[node.get_name()] = ui.middle(node)[1]
    return sorted(places, key=places.get)


def choose(app, button, item):
    """Opens the menu of a button and takes an item of it."""

    def open_menu():
        ui.focus_window()
        ui.click(ui.find(app, "push button", button, timeout=2))
        return ui.find(app, "menu item", item, timeout=1)

    found = ui.until(open_menu)
    assert found, f"the menu of {button} has no {item}"
    ui.press(found)


def stored_key(provider):
    """The key in the keyring; None when there is nothing to look with."""
    if shutil.which("secret-tool") is None:
        return None
    found = subprocess.run(["secret-tool", "lookup", "provider", provider, "field", "api_key"],
                           capture_output=True, text=True, check=False)
    return found.stdout.strip()


def test_search(app):
    ui.focus_window()
    ui.key("ctrl+f")
    search = ui.find(app, "entry", "Search your providers")
    ui.write(search, "image service")
    assert ui.until(lambda: rows(app) == ["Stability AI"]), f"the search leaves {rows(app)}"
    ui.write(search, "")
    ui.key("Escape")
    assert ui.until(lambda: len(rows(app)) == 7), f"after the search there are {rows(app)}"


def test_rename(app):
    choose(app, "More for RunPod", "Rename")
    entry = ui.find(app, "text", "New Name")
    button = ui.find(app, "push button", "Rename")
    ui.write(entry, "   ")
    enabled = ui.Atspi.StateType.SENSITIVE
    assert ui.until(lambda: not button.get_state_set().contains(enabled)), "an empty name is accepted"
    ui.write(entry, "RunPod Europe")
    assert ui.until(lambda: button.get_state_set().contains(enabled))
    ui.press(button)
    assert ui.until(lambda: "RunPod Europe" in rows(app)), f"renamed to {rows(app)}"


def test_reorder_by_keyboard(app):
    before = rows(app)
    name = before[3]
    ui.focus_window()
    # The button's menu leaves the focus in the row.
    ui.click(ui.find(app, "push button", f"More for {name}"))
    ui.key("Escape")
    ui.key("alt+Up")
    assert ui.until(lambda: rows(app).index(name) == 2), f"alt+Up gives {rows(app)}"
    ui.key("alt+Up")
    assert ui.until(lambda: rows(app).index(name) == 1), f"the focus did not stay: {rows(app)}"
    ui.key("alt+Down")
    assert ui.until(lambda: rows(app).index(name) == 2), f"alt+Down gives {rows(app)}"


def test_reorder_by_menu(app):
    last = rows(app)[-1]
    choose(app, f"More for {last}", "Move Up")
    assert ui.until(lambda: rows(app)[-2] == last), f"Move Up gives {rows(app)}"


def drag(app, name, other):
    """Draws a provider by its handle to below another, as a hand does."""
    # What was dragged before may still be on its way back.
    settle(1)
    ui.focus_window()
    place = rows(app).index(name) + 1
    # The window is in the corner; GTK draws a border of five pixels there, which the accessible places leave out.
    x, y = (part + 5 for part in ui.middle(ui.find(app, None, f"Priority {place} of")))
    down = ui.middle(ui.find(app, "list item", other))[1] + 20
    words = ["mousemove", str(x), str(y), "sleep", "0.3", "mousedown", "1", "sleep", "0.2"]
    for step in range(1, 11):
        words += ["mousemove", str(x), str(y + (down - y) * step // 10), "sleep", "0.06"]
    subprocess.run(["xdotool", *words, "sleep", "0.5", "mouseup", "1", "sleep", "0.5"], check=True)
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)


def test_reorder_by_pointer(app):
    before = rows(app)
    name, other = before[1], before[4]
    drag(app, name, other)
    expected = before[:1] + before[2:5] + [name] + before[5:]
    assert ui.until(lambda: rows(app) == expected), f"dragged {name} below {other}: {rows(app)}"
    drag(app, name, before[0])
    assert ui.until(lambda: rows(app) == before), f"dragged back: {rows(app)}"


def focused(app):
    app.clear_cache()
    return next((node.get_name() for node in ui.nodes(app) if node.get_state_set().contains(ui.Atspi.StateType.FOCUSED)), None)


def press_tab(app):
    ui.focus_window()
    ui.key("Tab")
    return focused(app)


def check_walk(app):
    """From the header through all rows, each with its switch and its menu."""
    controls = [[name, f"Use {name}", f"More for {name}"] for name in rows(app)]
    expected = ["Add a Provider", "Search", "More Actions"] + sum(controls, [])
    # Once around the window at most.
    before = []
    while len(before) < len(expected) + 10 and before[-1:] != expected[:1]:
        before.append(press_tab(app))
    stops = [press_tab(app) for _ in expected[1:]]
    assert stops == expected[1:], f"the Tab key goes {before + stops}"


def test_focus_order(app):
    check_walk(app)


def test_focus_order_after_a_cancelled_setup(app):
    ui.press(ui.find(app, "push button", "Add a Provider"))
    assert ui.until(lambda: "Add a Provider" in windows(app)), "no gallery"
    settle(1)
    ui.focus_window()
    ui.type_text("modal")
    ui.key("Return")
    assert ui.until(lambda: "Set Up Modal" in windows(app)), f"no set-up: {windows(app)}"
    settle(1)
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: "Set Up Modal" not in windows(app)), "Escape does not cancel the set-up"
    check_walk(app)


def test_duplicate(app):
    choose(app, "More for Lambda", "Duplicate")
    ui.press(ui.find(app, "push button", "With Keys"))
    assert ui.until(lambda: "Lambda (copy)" in rows(app)), f"duplicated: {rows(app)}"
    assert stored_key("lambda-2") in (None, KEY), "the copy has no key"


def remove(app, name):
    choose(app, f"More for {name}", "Remove")
    ui.find(app, "label", "Nothing changes at the provider")
    ui.press(ui.find(app, "push button", "Remove"))
    assert ui.until(lambda: name not in rows(app)), f"still there: {rows(app)}"


def test_remove_and_undo(app):
    before = rows(app)
    remove(app, "Stability AI")
    ui.press(ui.find(app, "push button", "Undo"))
    assert ui.until(lambda: rows(app) == before), f"after Undo: {rows(app)}"
    assert stored_key("stability") in (None, KEY), "the key is lost"


def test_export_without_keys(app):
    path = os.path.join(HOME, "exported.json")
    choose(app, "More Actions", "Export Providers")
    switch = ui.find(app, "check box", "Include the Keys")
    assert not switch.get_state_set().contains(ui.Atspi.StateType.CHECKED), "keys are included without asking"
    ui.press(ui.find(app, "push button", "Export…"))
    choose_file(app, path)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert KEY not in text and "r8_" not in text, "the file holds a key"
    assert "RunPod Europe" in [entry["name"] for entry in json.loads(text)["providers"]]
    assert os.stat(path).st_mode & 0o777 == 0o600


def write_import(name, entries):
    path = os.path.join(HOME, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"providers": entries}, file)
    return path


def open_import(app, path):
    choose(app, "More Actions", "Import Providers")
    choose_file(app, path)
    ui.find(app, "check box", "Change Those That Exist")


GOOD = {"template_id": "simulated", "id": "lab", "name": "Lab"}
CHANGED = {"template_id": "stability", "id": "stability", "name": "Stability Two"}


def test_preview_with_mistakes(app):
    open_import(app, write_import("bad.json", [GOOD, {"template_id": "nowhere", "id": "x"}]))
    ui.find(app, "label", "Mistakes in the File (1)")
    ui.find(app, "label", "there is no template")
    window = ui.find(app, "frame", "Import Providers")
    button = ui.find(window, "push button", "Import")
    assert not button.get_state_set().contains(ui.Atspi.StateType.SENSITIVE), "mistakes can be imported"

    def close():
        ui.press(ui.find(window, "push button", "Cancel", timeout=1))
        return ui.until(lambda: "Import Providers" not in windows(app), 2)

    closed = ui.until(lambda: close() or "Import Providers" not in windows(app))
    assert closed, f"the preview stays open: {windows(app)}"
    assert "Lab" not in rows(app)


def test_import(app):
    open_import(app, write_import("good.json", [GOOD, CHANGED]))
    ui.find(app, "label", "2 providers would change")
    ui.press(ui.find(app, "check box", "Change Those That Exist"))
    ui.find(app, "label", "1 provider would change")
    ui.find(app, "label", "Left as They Are (1)")
    ui.press(ui.find(ui.find(app, "frame", "Import Providers"), "push button", "Import"))
    assert ui.until(lambda: "Lab" in rows(app)), f"imported: {rows(app)}"
    assert "Stability AI" in rows(app)


def test_detail(app):
    ui.focus_window()
    ui.click(ui.find(app, "list item", "RunPod Europe"))
    ui.find(app, "label", "Latest Jobs")
    ui.find(app, "label", "CG upscale")
    ui.find(app, "label", "Last 30 Days")
    ui.find(app, "label", "Suggest a Dry Run")
    ui.find(app, "label", "On: the advisor offers the rehearsal first.")
    ui.find(app, "label", "Off: jobs are rehearsed and nothing is sent.")
    ui.press(ui.find(app, "check box", "Allow Live Requests"))
    ui.find(app, "label", "On: live runs are sent and cost money.")
    ui.press(ui.find(app, "check box", "Allow Live Requests"))
    ui.find(app, "label", "European Union")
    ui.find(app, "label", "EU-RO-1, EU-CZ-1")
    ui.press(ui.find(app, "push button", "Back"))
    ui.find(app, "list item", "Lab")


class Yard(http.server.BaseHTTPRequestHandler):
    """Lambda's list of machines, on which one was left behind."""

    machines = [{"id": "m-1", "name": "night shift", "status": "active", "region": {"name": "us-west-1"},
                 "instance_type": {"name": "gpu_1x_a10", "gpu_description": "A10 (24 GB PCIe)", "price_cents_per_hour": 75,
                                   "specs": {"gpus": 1}}}]
    is_down = False
    ended = []

    def answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):  # noqa: N802
        if Yard.is_down:
            self.answer(403, {"error": {"code": "global/forbidden", "message": "the yard is closed"}})
        else:
            self.answer(200, {"data": [machine for machine in Yard.machines if machine["id"] not in Yard.ended]})

    def do_POST(self):  # noqa: N802
        Yard.ended += json.loads(self.rfile.read(int(self.headers["Content-Length"])))["instance_ids"]
        self.answer(200, {"data": {"terminated_instances": []}})

    def log_message(self, *arguments):
        pass


def test_machines(app):
    """What was left behind at a provider is seen, and ended after its consequence was named."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Yard)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for words in (["providers", "set", "lambda", "--set", f"api_url=http://127.0.0.1:{server.server_port}"],
                  ["flags", "set", "enable_public_gpu", "on"]):
        subprocess.run([STOKER, *words], check=True, stdout=subprocess.DEVNULL)
    ui.focus_window()
    ui.click(ui.find(app, "list item", "Lambda"))
    ui.find(app, "label", "Not Asked Yet", showing=False)
    Yard.is_down = True
    ui.press(ui.find(app, "push button", "Ask Now", showing=False))
    ui.find(app, "label", "The Provider Did Not Tell", showing=False)
    Yard.is_down = False
    ui.press(ui.find(app, "push button", "Ask Now", showing=False))
    ui.find(app, "label", "running · A10 · us-west-1 · $0.75 an hour · no job of Stoker uses it", showing=False)
    ui.press(ui.find(app, "push button", "End night shift", showing=False))
    ui.find(app, "label", "It is deleted at the provider with everything on it. That cannot be undone. It costs $0.75 an hour now.")
    ui.press(ui.find(app, "push button", "Cancel"))
    assert not Yard.ended, "ended although it was not confirmed"
    ui.press(ui.find(app, "push button", "End night shift", showing=False))
    ui.press(ui.find(app, "push button", "End Machine"))
    ui.find(app, "label", "No Machine Is Rented There", showing=False)
    assert Yard.ended == ["m-1"], f"ended: {Yard.ended}"
    server.shutdown()
    ui.press(ui.find(app, "push button", "Back"))
    subprocess.run([STOKER, "flags", "set", "enable_public_gpu", "off"], check=True, stdout=subprocess.DEVNULL)


def test_remove_and_quit(app):
    """What nobody took back is gone when the window closes, with its key."""
    remove(app, "Vast.ai")
    ui.focus_window()
    ui.key("ctrl+q")
    status = SHOWN.wait()
    assert status == 0, f"left with status {status}"
    listed = subprocess.run([STOKER, "providers", "list", "--json"], capture_output=True, text=True, check=True)
    entries = {entry["id"]: entry for entry in json.loads(listed.stdout)}
    assert "vast" not in entries, "it is there again"
    assert stored_key("vast") in (None, ""), "its key stayed in the keyring"
    assert entries["runpod"]["name"] == "RunPod Europe"
    priorities = [entry["priority"] for entry in entries.values()]
    assert "lambda-2" in entries and entries["lambda"]["priority"] != entries["runpod"]["priority"], priorities


def main():
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0/settings/keyfile")
    with open(settings, "w", encoding="utf-8") as file:
        file.write("[io/github/stokerapp/Stoker]\npage='providers'\nwindow-width=900\nwindow-height=900\n")
    global SHOWN
    SHOWN = Window(WINDOW)
    return run_all(globals(), SHOWN, time_limit=480)


if __name__ == "__main__":
    sys.exit(main())
