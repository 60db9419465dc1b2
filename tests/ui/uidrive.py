# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds and works the widgets of a GTK 4 program through the accessibility bus, as a person with a screen reader would."""
import os
import subprocess
import time
import warnings

import gi

warnings.simplefilter("ignore")
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from keyboard import make as make_keyboard  # noqa: E402

# The bus of Debian 13 has other names for the same roles, and a choice in a menu is told as one or not, as GTK 4.8 came to know of it.
SAME_ROLE = {"button": "push button", "switch": "check box", "radio menu item": "menu item", "check menu item": "menu item"}


# The most that a crowded machine lengthens a wait.
MOST_PATIENCE = 6


def patience():
    """How many times longer everything takes because more wants to run than there are processors."""
    return min(MOST_PATIENCE, max(1.0, os.getloadavg()[0] / os.cpu_count()))


def until(condition, timeout=10):
    """Asks again and again until the condition gives something, and returns that; None when the time is over."""
    end = time.monotonic() + timeout * patience()
    while time.monotonic() < end:
        try:
            found = condition()
        except Exception:  # a node went while it was being looked at
            found = None
        if found:
            return found
        time.sleep(0.04)
    return None


def role_of(node):
    name = node.get_role_name()
    return SAME_ROLE.get(name, name)


def nodes(root):
    """The node and all below it, outer ones first."""
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        if node is None:
            continue
        yield node
        waiting = [node.get_child_at_index(i) for i in range(node.get_child_count())] + waiting


def is_showing(node):
    """Whether it has a place in its window. GTK 4.8 does not set the state that says so."""
    component = node.get_component_iface()
    if component is None:
        return False
    area = Atspi.Component.get_extents(component, Atspi.CoordType.WINDOW)
    return area.width > 0 and area.height > 0


def application(name, timeout=20):
    def look():
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_name() == name and child.get_child_count() > 0:
                return child
        return None

    found = until(look, timeout)
    if not found:
        raise AssertionError(f"no program named {name} on the accessibility bus")
    return found


def find(root, role=None, name=None, timeout=10, showing=True):
    """The first node of this role whose name contains this text."""
    wanted = SAME_ROLE.get(role, role)

    def look():
        root.clear_cache()
        for node in nodes(root):
            if wanted and role_of(node) != wanted:
                continue
            if name and name not in (node.get_name() or ""):
                continue
            if showing and not is_showing(node):
                continue
            return node
        return None

    found = until(look, timeout)
    if not found:
        raise AssertionError(f"not found: role {role!r}, name {name!r}")
    return found


def press(node):
    """Does what a click on the node would do."""
    action = node.get_action_iface()
    if action is None:
        raise AssertionError(f"{role_of(node)} {node.get_name()!r} has no action")
    for i in range(Atspi.Action.get_n_actions(action)):
        if Atspi.Action.get_action_name(action, i) in ("click", "activate", "toggle", "press"):
            Atspi.Action.do_action(action, i)
            return
    raise AssertionError(f"{role_of(node)} {node.get_name()!r} cannot be pressed")


def write(node, text):
    Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)


def read(node):
    text = node.get_text_iface()
    if text is None:
        return ""
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def middle(node):
    """Where the node's middle is in its window."""
    area = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.WINDOW)
    return area.x + area.width // 2, area.y + area.height // 2


def newest_window():
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True, check=False)
    for window in reversed(found.stdout.split()):
        if is_on_display(window):
            return window
    raise AssertionError("no window on the display")


def is_on_display(window):
    """GDK keeps a window of one pixel beside the display once something was dragged."""
    told = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=False)
    return "X=-99" not in told.stdout.split()


def focus_window():
    """Gives the newest window the keyboard; without a window manager nobody else does. Wayland always has one."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    subprocess.run(["xdotool", "windowfocus", "--sync", newest_window()], check=False)


def click(node):
    """Clicks on the middle of a node of the newest window with the pointer."""
    window = newest_window()
    x, y = middle(node)
    # Without a window manager GTK draws a border of five pixels, which the accessible places leave out.
    subprocess.run(["xdotool", "mousemove", "--window", window, str(x + 5), str(y + 5), "click", "1"], check=True)
    # Away again: a tooltip would be the newest window.
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)
    time.sleep(0.2)


_keyboard = None


def keyboard():
    global _keyboard
    if _keyboard is None:
        _keyboard = make_keyboard()
    return _keyboard


def key(name):
    """Presses a key or a combination such as ctrl+1."""
    keyboard().press(name)


def type_text(text):
    """Types into whatever has the keyboard."""
    keyboard().type(text)
