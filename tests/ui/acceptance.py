# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the acceptance test of the window needs beside uidrive: the programs it talks to, and the questions it asks of them."""
import functools
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

import uidrive as ui

APPLICATION = "io.github.stokerapp.Stoker"
# Roles that people act on. A control of these without a name is a riddle to who does not see it.
NAMED_ROLES = ("push button", "toggle button", "check box", "combo box", "entry", "text", "password text", "spin button", "radio button",
               "list item", "page tab", "menu item", "slider")
# GTK gives what has no name that of its class.
CLASS_NAME = re.compile(r"(Gtk|Adw|Stoker)[A-Z]\w*$")
# What is further down than this in the window as it opens cannot be clicked at; the wheel brings it up, in so many clicks at most.
USUAL_HEIGHT = 680
WHEEL_LIMIT = 30


class Emulator:
    """The emulated providers, in a process of their own."""

    def __init__(self, source, speed):
        self.folder = tempfile.TemporaryDirectory(prefix="stoker-emulator.")
        program = pathlib.Path(source) / "tests" / "emulators" / "emulator.py"
        words = [sys.executable, program, "--port", "0", "--dir", self.folder.name, "--speed", str(speed), "--exit-with-stdin"]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.url = self.process.stdout.readline().split()[-1]

    def control(self, **order):
        request = urllib.request.Request(self.url + "/_control", json.dumps(order).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()

    def state(self):
        with urllib.request.urlopen(self.url + "/_control/state", timeout=10) as answer:
            return json.load(answer)

    def jobs(self):
        return self.state()["jobs"]

    def requests(self):
        """How many came so far."""
        return len(self.state()["requests"])

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.folder.cleanup()


class Window:
    """The program under test, and what others can see of its process."""

    def __init__(self, program, has_desktop=False):
        self.log = tempfile.NamedTemporaryFile(prefix="stoker-stderr.")
        self.desktop = None if has_desktop else start_desktop()
        self.program = program
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        start_new_session=True)
        self.app = ui.application(APPLICATION)

    def end_program(self):
        """Ends the program as the end of a session does; start() starts it once more."""
        self.process.terminate()
        self.process.wait(20)

    def said(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def complaints(self):
        """Warnings of any library on its standard error; there is none that has to be forgiven."""
        return [line for line in self.said().splitlines() if re.search("WARNING|CRITICAL|ERROR|Error", line)]

    def shown_by_proc(self):
        folder = pathlib.Path("/proc") / str(self.process.pid)
        return b"".join((folder / name).read_bytes() for name in ("cmdline", "environ"))

    def left_behind(self):
        """Processes of its session, which it and all that it starts are in."""
        found = subprocess.run(["ps", "-o", "pid=,args=", "-s", str(self.process.pid)], capture_output=True, text=True, check=False)
        return found.stdout.splitlines()

    def close(self):
        """Closes the window as its button does, and waits for the program's end."""
        ui.press(ui.find(ui.find(self.app, "frame"), "push button", "Close"))
        return self.process.wait(15)

    def wait(self, timeout=30):
        """The status the program ends with; None when it goes on."""
        ended = ui.until(lambda: [self.process.poll()] if self.process.poll() is not None else None, timeout)
        return ended[0] if ended else None

    def end(self):
        """Ends what still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.desktop:
            self.desktop.stdin.close()
            self.desktop.wait(10)
            self.desktop = None

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


def start_desktop():
    """Something that takes notifications; without it each makes GLib warn."""
    process = subprocess.Popen([sys.executable, pathlib.Path(__file__).with_name("desktop.py")],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    # The bus may talk before it.
    while process.stdout.readline().strip() != "here":
        assert process.poll() is None, "the desktop does not start"
    return process


def run_all(names, window, *arguments, time_limit=360):
    """Runs all that is called test_ on the window, prints TAP and gives the status to leave with."""
    tests = [value for name, value in names.items() if name.startswith("test_")]
    signal.signal(signal.SIGALRM, lambda *_: give_up(window, time_limit))
    signal.alarm(time_limit)
    print(f"1..{len(tests) + 1}", flush=True)
    failed = 0
    try:
        for number, test in enumerate(tests, 1):
            failed += not run(number, test.__name__, lambda: test(window.app, *arguments))
    finally:
        window.end()
    failed += not run(len(tests) + 1, "no_complaints", lambda: check_complaints(window))
    return 1 if failed else 0


def run(number, name, test):
    begin = time.monotonic()
    try:
        test()
    except Exception as error:  # a node can go at any time; the tests after this one may still say something
        print(f"not ok {number} {name}\n# {type(error).__name__}: {error}", flush=True)
        save_picture(name)
        return False
    print(f"ok {number} {name} # {time.monotonic() - begin:.1f} s", flush=True)
    return True


def check_complaints(window):
    complaints = window.complaints()
    assert complaints == [], f"said: {complaints}"


def save_picture(name):
    """STOKER_UI_PICTURES names a folder for a picture of the display at every step that fails."""
    folder = os.environ.get("STOKER_UI_PICTURES")
    if folder and "DISPLAY" in os.environ:
        subprocess.run(["import", "-window", "root", pathlib.Path(folder) / f"{name}.png"], check=False)


def give_up(window, time_limit):
    window.kill()
    print(f"Bail out! not done after {time_limit} s", flush=True)
    os._exit(1)


def frame(app, title, timeout=10):
    """The window with this title. Looks only at the top, which is much faster than a search."""
    def look():
        app.clear_cache()
        frames = [app.get_child_at_index(i) for i in range(app.get_child_count())]
        return next((node for node in frames if title in (node.get_name() or "")), None)

    found = ui.until(look, timeout)
    assert found, f"no window {title!r}"
    return found


@functools.cache
def page(app, name):
    """The page that is shown under this name. Pages that were shown before stay in the tree behind it."""
    return ui.find(app, "filler", f"Stoker{name}Page")


def go_to_page(app, number, name):
    """Shows a page by its key, Ctrl and its number, and returns it."""
    def show():
        ui.focus_window()
        ui.key(f"ctrl+{number}")
        return frame(app, name, timeout=2)

    assert ui.until(show), f"the page {name} did not come"
    return page(app, name)


def find_undo(app, title):
    """The button in the message at the end of the window with this title, which does not stay for long: looks from there."""
    waiting = [frame(app, title)]
    while waiting:
        node = waiting.pop()
        if ui.role_of(node) == "push button" and "Undo" in (node.get_name() or ""):
            return node
        waiting += [node.get_child_at_index(i) for i in range(node.get_child_count())]
    return None


def files_holding(secret):
    """The files of the private home that hold a text."""
    found = []
    for path in pathlib.Path(os.environ["HOME"]).rglob("*"):
        try:
            if path.is_file() and secret.encode() in path.read_bytes():
                found.append(str(path))
        except FileNotFoundError:
            # The window wrote a file and has put it into its place by now.
            continue
    return found


def in_keyring(provider):
    words = ["secret-tool", "lookup", "provider", provider, "field", "api_key"]
    return subprocess.run(words, capture_output=True, text=True, timeout=20, check=False).stdout


def point(node):
    """Clicks with the mouse: cards and rows have no action of their own on the accessibility bus of GTK 4.8."""
    x, y = ui.middle(node)
    # As a hand would: the pointer arrives first, and is still when the button goes down.
    subprocess.run(["xdotool", "mousemove", str(x - 1), str(y), "sleep", "0.1", "mousemove", str(x), str(y), "sleep", "0.1",
                    "click", "1"], check=True)


def choose_file(app, path):
    """Gives the file chooser that comes up a path, and waits until it has taken it. Its field for a path opens at a slash; one that saves
    has it already."""
    path = str(path)
    chooser = ui.until(lambda: open_chooser(app))
    assert chooser, "no file chooser"

    def path_field():
        chooser.clear_cache()
        return next(node for node in ui.nodes(chooser) if ui.role_of(node) == "text" and ui.is_showing(node)
                    and node.get_name() in ("Name:", "GtkFileChooserEntry"))

    def open_field():
        found = ui.until(path_field, 0.3)
        if not found:
            ui.focus_window()
            ui.key("slash")
        return found

    def give():
        ui.write(field, path)
        if ui.read(field) != path:
            return False
        ui.press(next(node for node in ui.nodes(chooser) if ui.role_of(node) == "push button" and ui.is_showing(node)
                      and re.match("_(Open|Save|Export|Import)", node.get_name())))
        return ui.until(lambda: not open_chooser(app), 4)

    field = ui.until(open_field)
    assert field, "the file chooser has no field for a path"
    assert ui.until(give, 20), f"the file chooser does not take {path}"


def open_chooser(app):
    """The file chooser that is open: the only window that GTK 4.8 gives no role of a window."""
    app.clear_cache()
    tops = [app.get_child_at_index(i) for i in range(app.get_child_count())]
    return next((node for node in tops if ui.role_of(node) == "filler"), None)


def scroll_to(node, root):
    """Turns the wheel over a page until the node is in sight of a window of the usual height."""
    x, y = ui.middle(root)
    subprocess.run(["xdotool", "mousemove", str(x), str(y)], check=True)
    for _ in range(WHEEL_LIMIT):
        if ui.middle(node)[1] < USUAL_HEIGHT:
            return node
        subprocess.run(["xdotool", "click", "5", "sleep", "0.1"], check=True)
    raise AssertionError(f"{node.get_name()!r} does not come into sight")


def settle(seconds=0.4):
    """Lets a window or a page come to rest, so that what is clicked at does not move away."""
    time.sleep(seconds)


def fill(root, name, text):
    ui.write(ui.until(lambda: field(root, name)), text)


def field(root, name):
    root.clear_cache()
    return next(node for node in ui.nodes(root)
                if ui.role_of(node) in ("text", "entry", "password text") and name in (node.get_name() or ""))


def labels(root):
    """All that is written there now."""
    root.clear_cache()
    return [node.get_name() for node in ui.nodes(root) if ui.role_of(node) == "label" and ui.is_showing(node)]


def wait_for_label(root, pattern, timeout=10):
    """The first label that matches; fails with all labels there are when none comes."""
    found = ui.until(lambda: next((text for text in labels(root) if re.search(pattern, text)), None), timeout)
    assert found, f"no label like {pattern!r} among {labels(root)}"
    return found


def unnamed(root):
    """Controls without a name. Choices inside a list that is unfolded are named by what they hold."""
    root.clear_cache()
    return [(ui.role_of(node), node.get_name(), ui.middle(node)) for node in ui.nodes(root)
            if ui.role_of(node) in NAMED_ROLES and ui.is_showing(node) and not is_named(node) and not is_choice(node)]


def is_named(node):
    name = (node.get_name() or "").strip()
    return name != "" and not CLASS_NAME.match(name)


def is_choice(node):
    while node is not None and ui.role_of(node) != "frame":
        if ui.role_of(node) == "combo box" and is_named(node):
            return True
        node = node.get_parent()
    return False
