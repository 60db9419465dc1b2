# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rented machine that runs a start script, and the store that the script uploads its log and outputs to."""

import base64
import gzip
import re
import urllib.parse

from server import Answer, TimedJob


class Machine(TimedJob):
    """What the script of our manifests does, as far as others see it: its address, the command, the log, the outputs."""

    is_gone = False
    report = command = None

    def read_script(self, script):
        """Returns what is wrong with it, or None."""
        address = re.search(r"curl .* -T \"\$1\" '(https?://[^']+)'\"\$2\"", script)
        command = re.search(r'^echo (\S+) \| base64 -d > job$', script, re.MULTILINE)
        if address is None or command is None or 'docker run' not in script:
            return 'the start script is not one'
        self.report = urllib.parse.urlsplit(address.group(1)).path
        self.command = base64.b64decode(command.group(1)).decode()
        return None

    def files(self):
        """What it has uploaded by now: path → (body, media type)."""
        phase = self.phase()
        if phase == 'waiting' or phase == 'cancelled' and self.cancelled < self.starts:
            return {}
        lines = ['begun: ' + self.command]
        files = {}
        if phase in ('done', 'failed') and 'is' not in self.outcome:
            lines += [self.outcome.get('fail', 'a fox was drawn'), '', 'stoker: exit status %d' % self.outcome.get('exit', phase == 'failed')]
        if phase == 'done' and 'command_only' not in self.outcome:
            files[self.report + '.tar.gz'] = (gzip.compress(bytes(10240)), 'application/gzip')
        files[self.report + '.log'] = ('\n'.join(lines).encode() + b'\n', 'text/plain')
        return files


def fetch_file(machines, request):
    """The answer of the store, which wants no credentials and is given none."""
    if 'Authorization' in request.headers:
        return Answer(400, b'a key was sent to a stranger', 'text/plain')
    for machine in reversed(list(machines)):
        found = machine.files().get(request.path)
        if found is not None:
            return Answer(200, *found)
    return Answer(404, b'not there', 'text/plain')
