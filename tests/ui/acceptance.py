# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the acceptance test of the window needs beside uidrive: the programs it talks to, and the questions it asks of them."""
import functools
import json
import os
import pathlib
import re
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

    def jobs(self):
        with urllib.request.urlopen(self.url + "/_control/state", timeout=10) as answer:
            return json.load(answer)["jobs"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.folder.cleanup()


class Window:
    """The program under test, and what others can see of its process."""

    def __init__(self, program):
        self.log = tempfile.NamedTemporaryFile(prefix="stoker-stderr.")
        self.process = subprocess.Popen([program], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        self.app = ui.application(APPLICATION)

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

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


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


def files_holding(secret):
    """The files of the private home that hold a text."""
    home = pathlib.Path(os.environ["HOME"])
    return [str(path) for path in home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def in_keyring(provider):
    words = ["secret-tool", "lookup", "provider", provider, "field", "api_key"]
    return subprocess.run(words, capture_output=True, text=True, timeout=20, check=False).stdout


def point(node):
    """Clicks with the mouse: cards and rows have no action of their own on the accessibility bus of GTK 4.8."""
    x, y = ui.middle(node)
    # As a hand would: the pointer arrives first, and is still when the button goes down.
    subprocess.run(["xdotool", "mousemove", str(x - 1), str(y), "sleep", "0.1", "mousemove", str(x), str(y), "sleep", "0.1",
                    "click", "1"], check=True)


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
