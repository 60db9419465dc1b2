#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-start-scripts.py OPERATIONS [CASE…]: runs what rented machines are given to run, with tools that only note that they were called.
OPERATIONS is test-provider-operations: the emulators keep a record of what it sends, and the script is in there. Whatever becomes of the command – it
is done, it fails, it never ends, it cannot even be begun – the machine tells its exit status and ends itself."""

import base64
import concurrent.futures
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

from recorder import read_records
from tap import Tap

PATIENCE_S = 60
# Each notes its name and arguments. What takes long in a real machine is over at once, but for what goes on beside the command.
TOOLS = {
    'sleep': '[ "$1" = 15 ] && exec /bin/sleep 0.2\n[ "$1" = infinity ] || [ "$1" -lt 3600 ] || [ -n "$FAKE_LATE" ] || exec /bin/sleep 1000\n',
    'timeout': 'shift 3\n[ -n "$FAKE_HANG" ] && exec /usr/bin/timeout -k 1 1 /bin/sleep 100\n'
               '[ "$1" = sh ] && [ -n "$FAKE_EXIT" ] && exit "$FAKE_EXIT"\nexec "$@"\n',
    'docker': '[ "$1" = info ] && exit "${FAKE_INFO:-0}"\n[ "$1" = run ] || exit 0\necho "a fox was drawn"\n'
              'for folder in "$FAKE_ROOT/stoker/outputs" "$FAKE_ROOT/job/out"; do [ ! -d "$folder" ] || echo png > "$folder/frame.png"; done\n'
              'exit "${FAKE_EXIT:-0}"\n',
    'apt-get': '[ -z "$FAKE_STUCK" ] || exec /bin/sleep 1000\nexit "${FAKE_APT:-0}"\n',
    'curl': 'case "$*" in\n*/metadata/identity/*) echo "{\\"access_token\\": \\"token\\"}" ;;\n'
            '*/instances) echo "{\\"data\\": [{\\"id\\": \\"m-1\\", \\"name\\": \\"$FAKE_NAME\\"}]}" ;;\nesac\n'
            'while [ $# -gt 0 ]; do [ "$1" = -T ] && cp "$2" "$FAKE_ROOT/uploads/${3##*/}"; shift; done\n',
    'python3': '[ "$1" = -m ] || exec /usr/bin/python3 "$@"\n',
    'mountpoint': 'exit "${FAKE_MOUNT:-0}"\n',
    'gcloud': '[ "$3" != - ] || cat > /dev/null\n',
}
SILENT = ('aws', 'mount', 'mount.cifs', 'nvidia-ctk', 'nvidia-smi', 'runpodctl', 'shutdown', 'systemctl')


def decode(text):
    return base64.b64decode(text).decode()


def read_lambda(request):
    return json.loads(request['body'])['user_data'] if request['path'].endswith('/instance-operations/launch') else None


def read_paperspace(request):
    return json.loads(request['body'])['script'] if request['method'] == 'POST' and request['path'].endswith('/startup-scripts') else None


def read_ec2(request):
    form = dict(urllib.parse.parse_qsl(request['body'] or ''))
    return decode(form['UserData']) if form.get('Action') == 'RunInstances' and 'UserData' in form else None


def read_azure(request):
    if request['method'] != 'PUT' or '/virtualMachines/' not in request['path']:
        return None
    return decode(json.loads(request['body'])['properties']['osProfile']['customData'])


def read_google(request):
    if request['method'] != 'POST' or not request['path'].endswith('/instances'):
        return None
    return next(item['value'] for item in json.loads(request['body'])['metadata']['items'] if item['key'] == 'startup-script')


def read_vast(request):
    return json.loads(request['body'])['args'][2] if request['method'] == 'PUT' and '/asks/' in request['path'] else None


def read_runpod(request):
    if request['method'] != 'POST' or not request['path'].endswith('/v2/pods') or 'args' not in json.loads(request['body']):
        return None
    return decode(re.search('echo ([A-Za-z0-9+/=]+) [|] base64 -d', json.loads(request['body'])['args']).group(1))


OFF = '^shutdown -h now$'
AT_LAST = r'^shutdown -h [+]\d+$'
# How the script is found, which call ends the machine, which call made sure before all else that it ends some time, and who keeps the outputs.
CASES = {
    'aws-ec2': (read_ec2, OFF, AT_LAST, r'^aws s3 cp .*/job/out s3://my-assets/stoker/'),
    'azure': (read_azure, r'^curl .*-X DELETE .*/virtualMachines/stoker-.*forceDeletion=true', None, None),
    'google-cloud': (read_google, OFF, AT_LAST, r'^gcloud storage cp .*/job/out/\* gs://acme-assets/stoker/'),
    'lambda': (read_lambda, OFF, None, r'^curl .*-T outputs.tar.gz '),
    'paperspace': (read_paperspace, OFF, None, r'^curl .*-T outputs.tar.gz '),
    'runpod-pods': (read_runpod, r'^curl .*-X DELETE .*/v2/pods/own-1$', None, None),
    'vast': (read_vast, r'^curl .*-X DELETE .*/instances/own-1/$', None, None),
}
# Those whose script sets up what the command needs, which may take for ever.
PREPARED = ('lambda', 'paperspace')
# What goes wrong → what the tools are told of it, and the exit status that the machine tells; None is that nobody waits for one.
SCENES = {
    'is done': ({}, 0),
    'fails': ({'FAKE_EXIT': '3'}, 3),
    'never ends': ({'FAKE_HANG': '1'}, 124),
    'cannot be begun': ({'FAKE_INFO': '1', 'FAKE_APT': '100', 'FAKE_EXIT': '125'}, 125),
    'is waited for in vain': ({'FAKE_INFO': '1', 'FAKE_STUCK': '1', 'FAKE_LATE': '1'}, None),
}


class Machine:
    """A folder that a script takes for a machine."""

    def __init__(self, folder, script):
        self.root = folder
        self.name = re.search('stoker-[0-9a-f-]{36}', script)
        self.name = self.name.group(0) if self.name else ''
        for name in ('tools', 'uploads', 'root'):
            os.mkdir(os.path.join(folder, name))
        for name in (*TOOLS, *SILENT):
            path = os.path.join(folder, 'tools', name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write('#!/bin/sh\necho "%s $*" >> "$FAKE_ROOT/calls"\n%s' % (name, TOOLS.get(name, '')))
            os.chmod(path, 0o755)
        script = re.sub(r'''(?<![\w/.-])/(stoker|job)(?=[/: "'\n]|$)''', folder + r'/\1', script)
        script = re.sub('/dev/(console|ttyS0)', folder + r'/\1', script.replace('/tmp/stoker', folder + '/stoker').replace('/root/', folder + '/root/'))
        self.script = os.path.join(folder, 'script')
        with open(self.script, 'w', encoding='utf-8') as file:
            file.write(script)

    def read(self, *name):
        path = os.path.join(self.root, *name)
        if not os.path.exists(path):
            return ''
        with open(path, encoding='utf-8', errors='replace') as file:
            return file.read()

    def calls(self):
        return self.read('calls').splitlines()

    def told(self):
        """All that leaves the machine: its console, and what it uploads."""
        return self.read('output') + ''.join(self.read('uploads', name) for name in os.listdir(os.path.join(self.root, 'uploads')) if name.endswith('.log'))

    def run(self, settings, has_ended):
        """Until it has ended, and what it tells has been told."""
        shell = '/bin/bash' if open(self.script, encoding='utf-8').readline().startswith('#!/bin/bash') else '/bin/sh'
        environment = {'PATH': os.path.join(self.root, 'tools') + ':/usr/bin:/bin', 'FAKE_ROOT': self.root, 'FAKE_NAME': self.name, 'LC_ALL': 'C.UTF-8',
                       'CONTAINER_ID': 'own-1', 'CONTAINER_API_KEY': 'key', 'RUNPOD_POD_ID': 'own-1', 'RUNPOD_API_KEY': 'key', **settings}
        with open(os.path.join(self.root, 'output'), 'wb') as output:
            process = subprocess.Popen([shell, self.script], cwd=self.root, env=environment, stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.STDOUT, start_new_session=True)
        end = time.monotonic() + PATIENCE_S
        while not has_ended(self) and time.monotonic() < end:
            time.sleep(0.05)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def find_script(operations, name):
    """The last one that was sent: of all ways to send a job that which has most filled in."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([operations, '-p', '/operations/%s/jobs' % name, name], env=dict(os.environ, STOKER_EMULATOR_RECORD=folder),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', check=False)
        if done.returncode != 0:
            print('# ' + '\n# '.join(done.stdout.splitlines()[-20:]))
        scripts = [CASES[name][0](record['request']) for record in read_records(folder)]
    scripts = [script for script in scripts if script is not None]
    return max(scripts, key=len) if scripts else None


def check_scene(script, name, scene):
    """What is wrong with how the machine ended."""
    _, end, at_last, outputs = CASES[name]
    settings, status = SCENES[scene]
    mistakes = []

    def has_ended(machine):
        is_told = status is None or re.search('stoker(: exit status |-exit=)%d$' % status, machine.told(), re.MULTILINE)
        return is_told and any(re.search(end, call) for call in machine.calls())

    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(folder, script)
        machine.run(settings, has_ended)
        if not has_ended(machine):
            mistakes += ['it did not end, or not tell how: %s' % call for call in machine.calls()[-8:] + machine.told().splitlines()[-8:]]
        if at_last is not None and not re.search(at_last, (machine.calls() or [''])[0]):
            mistakes.append('before all else it has to make sure that it ends: %s' % machine.calls()[:1])
        if outputs is not None and status == 0 and not any(re.search(outputs, call) for call in machine.calls()):
            mistakes.append('nobody keeps the outputs')
        if 'machine_test_good' in script and not any('/instance-operations/terminate' in call for call in machine.calls()):
            mistakes.append('its own key was not used')
    return mistakes


def check_case(operations, name):
    """Yields what was looked at, and what is wrong with it."""
    script = find_script(operations, name)
    yield '%s: a machine is given a script' % name, [] if script is not None else ['no request has one']
    for scene in SCENES if script is not None else ():
        if name in PREPARED or scene not in ('cannot be begun', 'is waited for in vain'):
            yield '%s: the machine ends when the command %s' % (name, scene), check_scene(script, name, scene)


def main():
    tap = Tap()
    # They wait more than they work.
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for results in pool.map(lambda name: list(check_case(sys.argv[1], name)), sys.argv[2:] or sorted(CASES)):
            for result in results:
                tap.report(*result)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
