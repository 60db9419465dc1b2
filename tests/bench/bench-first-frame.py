#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-first-frame.py SOURCE BUILD: how soon the window shows its first frame, and how much memory it takes.

Starts Stoker's window and gnome-text-editor in turn, each on a private display and session bus with an empty profile, and compares
medians: the first frame may take 1.2 times as long as the text editor's, and the peak memory may be 90 MB."""
import os
import pathlib
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

try:
    from Xlib import X, display
except ImportError:
    print('SKIP: python3-xlib is not installed')
    sys.exit(77)

RUNS = 5
FRAME_RATIO = 1.2
PEAK_MB = 90
LIMIT_S = 20
PEER = 'gnome-text-editor'


def start_display():
    reader, writer = os.pipe()
    server = subprocess.Popen(['Xvfb', '-displayfd', str(writer), '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'],
                              pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    os.environ['DISPLAY'] = ':' + os.read(reader, 16).decode().strip()
    return server


def make_environment(home):
    environment = dict(os.environ, GTK_A11Y='none', GSK_RENDERER='cairo', GDK_DEBUG='gl-disable', GDK_BACKEND='x11',
                       GSETTINGS_BACKEND='memory', LC_ALL='C.UTF-8')
    for name in ('HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR'):
        environment[name] = str(home / name)
        os.makedirs(environment[name], 0o700, exist_ok=True)
    return environment


def start_bus(environment):
    bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address=1'], env=environment,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    environment['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()
    return bus


def wait_for_window(screen, process, end):
    """The first window of a useful size to be mapped."""
    while time.monotonic() < end and process.poll() is None:
        if not screen.pending_events():
            select.select([screen.fileno()], [], [], 0.05)
        while screen.pending_events():
            event = screen.next_event()
            if event.type == X.MapNotify and not event.override and event.window.get_geometry().width >= 100:
                return event.window
    sys.exit(f'{process.args[0]} showed no window')


def wait_for_frame(window, end):
    """Until its top has more than one colour, which is its header bar."""
    while time.monotonic() < end:
        image = window.get_image(0, 0, 200, 60, X.ZPixmap, 0xffffffff).data
        if len({image[i:i + 4] for i in range(0, len(image), 52)}) > 1:
            return time.monotonic()
        time.sleep(0.002)
    sys.exit('the window stayed empty')


def peak_mb(pid):
    lines = pathlib.Path(f'/proc/{pid}/status').read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith('VmHWM:')) / 1024


def end(process):
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def measure(screen, command, home):
    environment = make_environment(home)
    bus = start_bus(environment)
    while screen.pending_events():
        screen.next_event()
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        window = wait_for_window(screen, process, began + LIMIT_S)
        frame = wait_for_frame(window, began + LIMIT_S) - began
        time.sleep(1.5)
        return frame * 1000, peak_mb(process.pid)
    finally:
        end(process)
        end(bus)


def measure_all(screen, commands):
    """In turn, so that a busy machine hits all alike; the first round only fills the caches."""
    results = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix='stoker-bench.', ignore_cleanup_errors=True) as home:
        for run in range(RUNS + 1):
            for name, command in commands.items():
                result = measure(screen, command, pathlib.Path(home) / name)
                if run > 0:
                    results[name].append(result)
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in results.items()}


def main():
    build = pathlib.Path(sys.argv[2])
    os.environ['GSETTINGS_SCHEMA_DIR'] = str(build / 'data')
    commands = {'stoker-window': [str(build / 'src' / 'program' / 'stoker-window')]}
    if shutil.which(PEER):
        commands[PEER] = [PEER, '--standalone']
    server = start_display()
    screen = display.Display()
    screen.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
    screen.set_error_handler(lambda *arguments: None)
    screen.sync()
    try:
        medians = measure_all(screen, commands)
    finally:
        screen.close()
        end(server)

    for name, (frame, peak) in medians.items():
        print(f'{name}: first frame {frame:.0f} ms, peak memory {peak:.0f} MB')
    frame, peak = medians['stoker-window']
    failed = peak > PEAK_MB
    if PEER in medians:
        ratio = frame / medians[PEER][0]
        print(f'ratio of first frames {ratio:.2f}, limit {FRAME_RATIO}')
        failed = failed or ratio > FRAME_RATIO
    else:
        print(f'{PEER} is not installed: the first frame is not judged')
    sys.exit(failed)


main()
