# SPDX-License-Identifier: GPL-3.0-or-later
"""Presses keys as a hand would: through the X server, or through the compositor where the display is Wayland."""
import os
import subprocess
import time

# Places of keys on a keyboard with the American layout: linux/input-event-codes.h.
CODES = {
    "esc": 1, "escape": 1, "minus": 12, "backspace": 14, "tab": 15, "return": 28, "enter": 28, "ctrl": 29, "shift": 42,
    "comma": 51, "period": 52, "slash": 53, "alt": 56, "space": 57, "f1": 59, "f10": 68, "home": 102, "up": 103, "left": 105,
    "right": 106, "end": 107, "down": 108, "delete": 111,
}
CODES.update({digit: 2 + i for i, digit in enumerate("1234567890")})
for first, row in ((16, "qwertyuiop"), (30, "asdfghjkl"), (44, "zxcvbnm")):
    CODES.update({letter: first + i for i, letter in enumerate(row)})
NAMES = {"-": "minus", ",": "comma", ".": "period", "/": "slash", " ": "space", "\n": "return"}
SHIFTED = {"_": "minus"}


class XKeyboard:
    def press(self, name):
        subprocess.run(["xdotool", "key", name], check=True)
        time.sleep(0.1)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "15", "--", text], check=True)
        time.sleep(0.1)


class WaylandKeyboard:
    """The remote control of mutter, which is what screen sharing uses."""

    SERVICE = "org.gnome.Mutter.RemoteDesktop"

    def __init__(self):
        from gi.repository import Gio, GLib
        self.glib = GLib
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.session = self.call("/org/gnome/Mutter/RemoteDesktop", self.SERVICE, "CreateSession")[0]
        self.call(self.session, self.SERVICE + ".Session", "Start")

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_sync(self.SERVICE, path, interface, method, arguments, None, 0, 5000, None).unpack()

    def move(self, code, is_down):
        self.call(self.session, self.SERVICE + ".Session", "NotifyKeyboardKeycode",
                  self.glib.Variant("(ub)", (code, is_down)))
        time.sleep(0.02)

    def press(self, name):
        codes = [CODES[part.lower()] for part in name.split("+")]
        for code in codes:
            self.move(code, True)
        for code in reversed(codes):
            self.move(code, False)
        time.sleep(0.1)

    def type(self, text):
        for letter in text:
            if letter.isupper():
                self.press("shift+" + letter)
            elif letter in SHIFTED:
                self.press("shift+" + SHIFTED[letter])
            else:
                self.press(NAMES.get(letter, letter))


def make():
    return WaylandKeyboard() if os.environ.get("WAYLAND_DISPLAY") else XKeyboard()
