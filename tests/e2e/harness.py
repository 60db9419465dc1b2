# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests in Python share. The shell script of the same name has made the session and started the emulator."""
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.request

SOURCE, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
STOKER = BUILD / 'src' / 'program' / 'stoker'
EMULATOR = os.environ.get('EMULATOR_URL', '')
TEMPORARY = pathlib.Path(os.environ.get('E2E_TMP', '/tmp'))
# Fields that are no secret, and the key.
PROVIDERS = {
    'runpod': {
        'settings': ['endpoint_id=generic01', f'api_url={EMULATOR}/runpod', f'jobs_url={EMULATOR}/runpod-jobs/v2'],
        'key': 'rpa_test_good',
    },
    'replicate': {
        'settings': ['model=black-forest-labs/flux-schnell', f'api_url={EMULATOR}/replicate/v1'],
        'key': 'r8_test_good',
    },
}


class Report:
    """Prints verdicts in the Test Anything Protocol."""

    def __init__(self):
        self.count = self.failures = 0

    def check(self, name, holds, detail=''):
        """Notes whether a claim holds; `detail` goes to standard error when not."""
        self.count += 1
        self.failures += not holds
        if not holds:
            print(f'{name}: {detail}', file=sys.stderr)
        print(f'{"ok" if holds else "not ok"} {self.count} - {name}', flush=True)

    def finish(self):
        """Prints the plan and ends the test."""
        print(f'1..{self.count}', flush=True)
        sys.exit(1 if self.failures else 0)


def stoker(*words, text=None, timeout=120):
    """Runs a verb to its end."""
    return subprocess.run(
        [STOKER, *words], input=text if text is not None else '', stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding='utf-8', timeout=timeout, check=False,
    )


def stoker_json(*words, timeout=120):
    """Runs a verb that must succeed and returns the document it prints."""
    done = stoker(*words, '--json', timeout=timeout)
    if done.returncode != 0:
        raise RuntimeError(f'{words}: exit status {done.returncode}: {done.stderr}')
    return json.loads(done.stdout)


def must(*words, text=None):
    """Runs a verb that must succeed."""
    done = stoker(*words, text=text)
    if done.returncode != 0:
        raise RuntimeError(f'{words}: exit status {done.returncode}: {done.stderr}')
    return done


def allow_live_requests():
    """Turns the feature flags on."""
    for flag in stoker_json('flags', 'list'):
        must('flags', 'set', flag, 'on')


def add_provider(template, identifier=None, key=None):
    """Registers an emulated provider; the key goes over standard input."""
    facts = PROVIDERS[template]
    words = ['providers', 'add', template, '--id', identifier or template, '--secret-stdin']
    for setting in facts['settings']:
        words += ['--set', setting]
    return must(*words, text=(key or facts['key']) + '\n')


def write_workload(name, **more):
    """Writes a small workload that the emulated providers can run and returns its path."""
    workload = {'name': name, 'requirements': {'type': 'image', 'min_vram_gb': 12, 'estimated_minutes': 1}, 'payload': {'prompt': name}}
    workload.update(more)
    path = TEMPORARY / f'{name}.json'
    path.write_text(json.dumps(workload), encoding='utf-8')
    return str(path)


def emulator_state():
    """Returns the emulator's account."""
    with urllib.request.urlopen(EMULATOR + '/_control/state', timeout=20) as answer:
        return json.load(answer)


def emulator_control(**order):
    """Tells the emulator what to do next."""
    request = urllib.request.Request(EMULATOR + '/_control', json.dumps(order).encode(), {'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=20) as answer:
        answer.read()


def files_holding(*secrets, apart=None):
    """Returns the files under the home folder, and of the test, that hold one of these texts; `apart` is a folder that may."""
    found = []
    for path in (path for root in (pathlib.Path(os.environ['HOME']), TEMPORARY) for path in root.rglob('*')):
        try:
            if path.is_file() and apart not in path.parents and any(secret.encode() in path.read_bytes() for secret in secrets):
                found.append(str(path))
        except FileNotFoundError:
            # Somebody wrote a file and has put it into its place by now.
            continue
    return found


def wait_for(claim, seconds=60):
    """Waits until a claim holds; returns whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if claim():
            return True
        time.sleep(0.1)
    return False
