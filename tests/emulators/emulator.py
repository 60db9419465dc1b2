#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emulated providers on loopback, for tests and for trying Stoker out without an account. See README.md."""

import argparse
import importlib
import os
import signal
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from server import Emulator, listen  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'providers')


def find_providers():
    """Name → class, of all modules in the folder."""
    names = sorted(os.path.splitext(file)[0] for file in os.listdir(FOLDER) if file.endswith('.py'))
    return {name.replace('_', '-'): importlib.import_module('providers.' + name).PROVIDER for name in names}


PROVIDERS = find_providers()


def watch_stdin(stop):
    """Ends with the process that started us, however that one ends."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--port', type=int, default=0, help='0 takes a free one')
    parser.add_argument('--dir', help='made when missing; the address is written to DIR/url')
    parser.add_argument('--provider', default='all', choices=['all'] + sorted(PROVIDERS))
    parser.add_argument('--speed', type=float, default=20, help='emulated seconds in a real one')
    parser.add_argument('--exit-with-stdin', action='store_true', help='leave when standard input closes')
    options = parser.parse_args()

    emulator = Emulator(options.speed)
    main_server = listen(emulator, options.port, False)
    delivery_server = listen(emulator, 0, True)
    emulator.delivery_url = 'http://127.0.0.1:%d' % delivery_server.server_address[1]
    url = 'http://127.0.0.1:%d' % main_server.server_address[1]
    emulator.url = url
    for name, provider in PROVIDERS.items():
        if options.provider in ('all', name):
            emulator.providers[name] = provider(emulator)

    def stop(*_):
        emulator.stopping.set()
        threading.Thread(target=main_server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    threading.Thread(target=delivery_server.serve_forever, daemon=True).start()
    if options.exit_with_stdin:
        threading.Thread(target=watch_stdin, args=(stop,), daemon=True).start()
    if options.dir:
        os.makedirs(options.dir, exist_ok=True)
        with open(os.path.join(options.dir, 'url'), 'w', encoding='utf-8') as file:
            file.write(url + '\n')
    print('ready ' + url, flush=True)
    main_server.serve_forever(poll_interval=0.05)


if __name__ == '__main__':
    main()
