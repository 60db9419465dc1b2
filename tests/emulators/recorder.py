# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps every exchange of an emulator in a file, a JSON document a line, for tests that look at them afterwards. No credential is kept."""

import json
import os
import threading
import urllib.parse

# What says nothing to a reader, or must not be read.
LEFT_OUT = ('authorization', 'host', 'connection', 'content-length', 'user-agent', 'accept-encoding', 'transfer-encoding')


def _text(body):
    try:
        return body.decode('utf-8')
    except UnicodeDecodeError:
        return None


class Recorder:
    """Writes to a file of its own in the folder, or nowhere without one."""

    def __init__(self, folder):
        self._file = None
        self._lock = threading.Lock()
        if folder:
            os.makedirs(folder, exist_ok=True)
            self._file = open(os.path.join(folder, '%d.jsonl' % os.getpid()), 'a', encoding='utf-8', buffering=1)

    def keep(self, request, answer, fault):
        if self._file is None or request.path.startswith('/_control'):
            return
        headers = {name.lower(): value for name, value in request.headers.items() if name.lower() not in LEFT_OUT}
        asked = {'method': request.method, 'path': request.path, 'headers': headers, 'body': _text(request.body),
                 'query': urllib.parse.parse_qsl(request.query_text, keep_blank_values=True),
                 'scheme': request.headers.get('Authorization', '').split(' ')[0]}
        answered = {'status': answer.status, 'type': answer.content_type if answer.status != 204 else None, 'body': _text(answer.body)}
        line = json.dumps({'fault': fault, 'request': asked, 'answer': answered}) + '\n'
        with self._lock:
            self._file.write(line)


def read_records(folder):
    """All exchanges that emulators kept in the folder."""
    records = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            records += [json.loads(line) for line in file]
    return records
