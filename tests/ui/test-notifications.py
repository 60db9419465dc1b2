# SPDX-License-Identifier: GPL-3.0-or-later
"""test-notifications.py WINDOW PROGRAM: what the window tells the desktop of jobs, and what becomes of it; prints TAP."""
import http.server
import json
import re
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import APPLICATION, Window, run_all  # noqa: E402
from desktop import Desktop  # noqa: E402

WINDOW, STOKER = sys.argv[1:3]
SHOWN = None


DESKTOP = None


def look_away():
    """Takes the keyboard from the window, which then is no longer in front."""
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)
    told = subprocess.run(["xwininfo", "-root"], capture_output=True, text=True, check=True).stdout
    root = re.search(r"Window id: (0x[0-9a-f]+)", told).group(1)
    subprocess.run(["xdotool", "windowfocus", str(int(root, 16))], check=False)


def stoker(*arguments, text=None):
    done = subprocess.run([STOKER, *arguments], input=text, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"stoker {arguments[0]}: {done.stderr or done.stdout}"
    return done.stdout


def submit(name, mishap="none"):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write('{"name": "%s", "payload": {"prompt": "a door", "fail": "%s"}}' % (name, mishap))
        file.flush()
        stoker("submit", file.name, "--provider", "rehearsal", "--live")


class Service(http.server.BaseHTTPRequestHandler):
    """A provider that is there, or not."""

    status = 200

    def do_GET(self):  # noqa: N802
        body = b'{"username": "mill"}' if self.status == 200 else b'{"detail": "we are down"}'
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def check_service(status):
    """The status with which Stoker leaves a check of the service as it is now."""
    Service.status = status
    return subprocess.run([STOKER, "providers", "check", "mill"], capture_output=True, timeout=120, check=False).returncode


def state_of(name):
    return next((job["state"] for job in json.loads(stoker("jobs", "list", "--json")) if job["name"] == name), None)


def titled(text):
    for name, notification in DESKTOP.shown.items():
        if text in notification["title"]:
            return name
    return None


def buttons(name):
    return [button["label"] for button in DESKTOP.shown[name]["buttons"]]


def frame_titles(app):
    app.clear_cache()
    return [node.get_name() for node in ui.nodes(app) if ui.role_of(node) == "frame"]


def test_first_run(app):
    """From the welcome to a picture, without an account."""
    assert frame_titles(app) == ["Overview"], frame_titles(app)
    ui.find(app, "push button", "Add a Provider")
    ui.find(app, "push button", "Open a Workflow")
    ui.press(ui.find(app, "push button", "Rehearse without an Account"))
    assert ui.until(lambda: "Jobs" in frame_titles(app)), "the job is not shown"
    assert DESKTOP.wait(lambda: titled("“First rehearsal” Is Done")), "it does not end"
    look_away()
    ui.press(ui.find(app, "push button", "Cost: $0.00/h now"))
    ui.find(app, None, "rehearsal.png")


def test_finished(app):
    stoker("providers", "add", "simulated", "--id", "rehearsal", "--set", "seconds=1")
    submit("Quick one")
    name = DESKTOP.wait(lambda: titled("“Quick one” Is Done"))
    assert name, f"nothing is told: {DESKTOP.shown}"
    assert buttons(name) == ["Show"], buttons(name)
    assert DESKTOP.counts[name] == 1, "told more than once"


def test_withdrawn_when_opened(app):
    name = titled("Quick one")
    assert name, "nothing was told of it"
    DESKTOP.activate(APPLICATION, "show-job", name.removeprefix("job-"))
    assert DESKTOP.wait(lambda: name not in DESKTOP.shown), "it stays although the job was opened"
    assert ui.until(lambda: "Jobs" in frame_titles(app)), "the job is not shown"
    look_away()


def test_failed_and_retried(app):
    submit("Bad one", "crash")
    name = DESKTOP.wait(lambda: titled("“Bad one” Failed"))
    assert name, f"nothing is told: {DESKTOP.shown}"
    assert buttons(name) == ["Show", "Retry"], buttons(name)
    DESKTOP.activate(APPLICATION, "retry-job", name.removeprefix("job-"))
    assert DESKTOP.wait(lambda: name not in DESKTOP.shown), "it stays although the job was sent again"
    assert DESKTOP.wait(lambda: name in DESKTOP.shown), "the second failure is not told"
    assert DESKTOP.counts[name] == 2, "one for each end"


def test_nothing_while_the_window_is_in_front(app):
    ui.focus_window()
    before = dict(DESKTOP.counts)
    submit("Seen one")
    assert DESKTOP.wait(lambda: state_of("Seen one") == "succeeded"), "it does not end"
    # What is told comes with the change of the state, which the window has seen by now.
    DESKTOP.wait(lambda: DESKTOP.counts != before, 1)
    assert DESKTOP.counts == before, f"told although it can be seen: {DESKTOP.shown}"


def test_outage(app):
    """Told when it begins, not while it goes on, and not when it is over."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stoker("providers", "add", "replicate", "--id", "mill", "--set", f"api_url=http://127.0.0.1:{server.server_port}",
           "--secret-stdin", text="r8_test_0123456789\n")
    stoker("flags", "set", "enable_public_gpu", "on")
    look_away()
    assert check_service(200) == 0, "it is not well at first"
    assert check_service(503) == 1, "it is well although it is down"
    name = DESKTOP.wait(lambda: titled("Not reachable"))
    assert name == "provider-mill", f"nothing is told: {DESKTOP.shown}"
    assert buttons(name) == ["Show"], buttons(name)
    assert "left out of advice" in DESKTOP.shown[name]["body"], DESKTOP.shown[name]
    assert check_service(503) == 1, "it is well although it is still down"
    assert check_service(200) == 0, "it does not recover"
    assert DESKTOP.wait(lambda: name not in DESKTOP.shown), "it stays although it is over"
    assert DESKTOP.counts[name] == 1, "told more than once"
    server.shutdown()


def test_goes_on_in_the_background(app):
    # Long enough to be asked about on a busy machine.
    stoker("providers", "set", "rehearsal", "--set", "seconds=20")
    submit("Long one")
    ui.focus_window()
    ui.key("ctrl+w")
    ui.press(ui.find(app, "push button", "Keep Running"))
    assert ui.until(lambda: not frame_titles(app)), f"the window stays: {frame_titles(app)}"
    assert DESKTOP.wait(lambda: titled("“Long one” Is Done")), "its end is not told"
    status = SHOWN.wait()
    assert status == 0, f"left with status {status}"


def main():
    global DESKTOP, SHOWN
    DESKTOP = Desktop()
    SHOWN = Window(WINDOW, has_desktop=True)
    look_away()
    return run_all(globals(), SHOWN)


if __name__ == "__main__":
    sys.exit(main())
