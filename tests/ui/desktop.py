# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a desktop that shows notifications; programs expect one on the bus. As a program it serves until its input ends."""
import sys

from gi.repository import Gio, GLib

import uidrive as ui

INTERFACE = """
<node><interface name="org.gtk.Notifications">
  <method name="AddNotification"><arg type="s"/><arg type="s"/><arg type="a{sv}"/></method>
  <method name="RemoveNotification"><arg type="s"/><arg type="s"/></method>
</interface></node>
"""


class Desktop:
    """Keeps what is shown, by name."""

    def __init__(self):
        self.shown = {}
        self.counts = {}
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        info = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object("/org/gtk/Notifications", info, self.call, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", ("org.gtk.Notifications", 0)), None, 0, -1, None)

    def call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        name = arguments[1]
        if method == "AddNotification":
            self.shown[name] = arguments[2]
            self.counts[name] = self.counts.get(name, 0) + 1
        else:
            self.shown.pop(name, None)
        invocation.return_value(None)

    def wait(self, condition, timeout=40):
        def look():
            while GLib.MainContext.default().iteration(False):
                pass
            return condition()

        return ui.until(look, timeout)

    def activate(self, program, action, target):
        """What a click on a button of a notification does."""
        path = "/" + program.replace(".", "/")
        self.bus.call_sync(program, path, "org.freedesktop.Application", "ActivateAction",
                           GLib.Variant("(sava{sv})", (action, [GLib.Variant("s", target)], {})), None, 0, -1, None)


def serve():
    desktop = Desktop()
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, lambda *_: loop.quit())
    print("here", flush=True)
    loop.run()
    return desktop


if __name__ == "__main__":
    serve()
