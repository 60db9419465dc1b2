# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running emulator for tests in Python."""

import contextlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

FOLDER = os.path.dirname(os.path.abspath(__file__))


@contextlib.contextmanager
def emulator(provider='all', speed=100):
    """Yields the address of an emulator that ends with the block."""
    process = subprocess.Popen(
        [sys.executable, '-B', os.path.join(FOLDER, 'emulator.py'), '--provider', provider, '--speed', str(speed), '--exit-with-stdin'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().split()[1]
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdin.close()
        process.stdout.close()


def ask(method, url, key=None, body=None, headers=None):
    """Returns status, headers and the decoded JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=dict(headers or {}))
    if key is not None:
        request.add_header('Authorization', 'Bearer ' + key)
    if data is not None:
        request.add_header('Content-Type', 'application/json')
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b'null')
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, json.loads(error.read() or b'null')
