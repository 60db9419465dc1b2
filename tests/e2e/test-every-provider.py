#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every hosted provider does its work, from the key to the file: test-every-provider.py SOURCE_ROOT BUILD_ROOT [CASE…]

Nothing in here knows a provider: what is particular to one is in its case, tests/connectors/providers/ID.json, and in its emulator. A second
job is cancelled where the provider can do that, and in the end nothing is billed any more.
"""
import base64
import json
import os
import re
import subprocess
import sys
import time

import harness
from harness import EMULATOR, SOURCE, TEMPORARY, Report, allow_live_requests, emulator_control, emulator_state, files_holding, must, stoker_json, write_workload

# Emulated seconds in a real one, when jobs may go on to their end.
FAST = 60
# What emulators say of a job that does nothing any more.
AT_REST = re.compile('cancel|done|complete|succe|finish|terminat|delet|destroy|abort|gone|stopped', re.IGNORECASE)
CATALOG = SOURCE / 'resources' / 'catalog'
HOSTED = ('gpu', 'image', 'video')
KEY_FILES = TEMPORARY / 'keys'


def run_openssl(*words, text=None):
    """Returns what the tool prints."""
    return subprocess.run(['openssl', *words], input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding='utf-8', check=True).stdout


PRIVATE_KEY = run_openssl('genpkey', '-algorithm', 'RSA')
said = []


def stoker(*words, text=None):
    """Runs a verb, and keeps what it said: no key may be in it."""
    done = harness.stoker(*words, text=text)
    said.append(done.stdout + done.stderr)
    return done


class Case:
    """A provider, in one of the ways it can be used, and what came of it."""

    def __init__(self, path):
        self.name = path.stem
        self.facts = json.loads(path.read_text(encoding='utf-8'))
        self.template = self.facts['provider']
        self.profile = json.loads((CATALOG / f'{self.template}.json').read_text(encoding='utf-8'))
        self.is_at_once = self.facts.get('at_once', False)
        self.job = None

    def origin(self):
        """Returns the address of the emulators, over TLS where the case wants it."""
        if not self.facts.get('tls'):
            return EMULATOR
        emulator_control(tls=True)
        return emulator_state()['tls']['url']

    def settings(self):
        """Yields the fields that are no secret; a key that is a file is written into one."""
        yield from self.facts['config'].items()
        for field, path in self.facts['addresses'].items():
            yield field, self.origin() + path
        for field, text in self.facts.get('files', {}).items():
            path = KEY_FILES / f'{self.name}-{field}'
            path.write_text(self.fill_in(text), encoding='utf-8')
            yield field, str(path)

    def fill_in(self, text):
        """Returns a file with the keys that were made for this run."""
        text = text.replace('{private_key}', PRIVATE_KEY.replace('\n', '\\n')).replace('${origin}', self.origin())
        for name, pem in (emulator_state()['tls'] or {}).items():
            text = text.replace('${%s}' % name, base64.b64encode(pem.encode()).decode())
        return text

    def cannot(self, operation):
        """Returns a part of the sentence that says so, or None."""
        return self.facts.get('unsupported', {}).get(operation)

    def logged(self):
        """Returns a part of its log, or None when it has none."""
        parts = [step['log'] for step in self.facts['walk'] if 'log' in step]
        return parts[-1] if parts else None

    def words(self, name):
        """Returns the call that submits a job of this name."""
        words = ['submit', write_workload(f'{self.name}-{name}', payload={**self.facts['payload'], **self.facts.get('unadvised', {})}), '--provider', self.name]
        return words + ['--plan', self.facts['plan']] if 'plan' in self.facts else words


def jobs_there():
    """Returns what the emulators know of all jobs: id → job."""
    return {job['id']: job for job in emulator_state()['jobs']}


def add(report, case):
    """Registers the provider; keys go over standard input, into the keyring."""
    words = ['providers', 'add', case.template, '--id', case.name]
    for field, value in case.settings():
        words += ['--set', f'{field}={value}']
    if case.profile['opt_in']:
        words.append('--opt-in')
    secrets = ''.join(f'{field}={value}\n' for field, value in case.facts['secrets'].items())
    done = stoker(*words, *(['--secret-stdin'] if secrets else []), text=secrets)
    report.check(f'{case.name}: it can be added', done.returncode == 0, done)


def look(report, case):
    """Asks for what can be known before anything is sent."""
    done = stoker('providers', 'check', case.name)
    report.check(f'{case.name}: the check finds it ready', done.returncode == 0 and 'is ready' in done.stdout, done)
    told = [check['text'] for check in case.facts.get('checks', []) if 'config' not in check and 'code' not in check]
    report.check(f'{case.name}: and tells what it found', all(text in done.stdout for text in told), done)
    done = stoker('offers', '--provider', case.template)
    priced = any(plan['offers'] for plan in case.profile['plans'])
    report.check(f'{case.name}: prices are told, or that there are none', done.returncode == 0 and ('$' in done.stdout) == priced, done)
    look_for_offers(report, case)


def look_for_offers(report, case):
    """Asks what can be rented right now, or is told that this cannot be asked."""
    done = stoker('providers', 'offers', case.name, '--limit', '0', '--json')
    if 'offers' not in case.profile['connector']['operations']:
        report.check(f'{case.name}: it is told that there is no list of offers', done.returncode != 0 and 'no list of offers' in done.stderr, done)
        return
    offers = json.loads(done.stdout) if done.returncode == 0 else []
    if not offers and 'keep' in case.profile['connector']['operations']['offers']:
        report.check(f'{case.name}: what is set up can be asked for, without anything to be rented', done.returncode == 0, done)
        return
    are_told = all(offer['provider'] == case.name and offer['source'] and offer['as_of'] for offer in offers)
    report.check(f'{case.name}: what can be rented right now is told, with its source and age', offers and are_told, done)
    path = TEMPORARY / f'{case.name}-offers.json'
    path.write_text(done.stdout, encoding='utf-8')
    again = stoker_json('offers', '--offers', str(path), '--limit', '0')
    report.check(f'{case.name}: and can be weighed like any other offer', again == offers)


def rehearse(report, case):
    """Shows the request that would be sent, without the key and without sending it."""
    before = len(emulator_state()['requests'])
    done = stoker(*case.words('rehearsed'))
    # Where the address is in a key file, a name stands for it.
    is_shown = (case.origin() in done.stdout or '://‹' in done.stdout) and ('•••' in done.stdout or not case.facts['secrets'])
    report.check(f'{case.name}: a dry run shows the request', done.returncode == 0 and is_shown, done)
    report.check(f'{case.name}: and sends nothing', len(emulator_state()['requests']) == before)


def check_region(report, case):
    """What runs, runs where its user has said, whichever region a price is of."""
    field = next((field for field in case.profile['auth_fields'] if field['type'] == 'region'), None)
    if field is None or field['id'] not in case.facts['config']:
        return
    far = next(choice for choice in reversed(field['choices']) if choice != case.facts['config'][field['id']])
    must('providers', 'set', case.name, '--set', f'region={far}')
    done = stoker(*case.words('far'), '--json')
    must('providers', 'set', case.name, '--set', f'region={case.facts["config"][field["id"]]}')
    target = json.loads(done.stdout)['request']['estimate']['target'] if done.returncode == 0 else {}
    report.check(f'{case.name}: the region of the settings is kept', target and target.get('region', far) == far, target or done)


def submit(report, case, name):
    """Sends a job; returns it, and what the emulator made of it."""
    known = jobs_there()
    done = stoker(*case.words(name), '--live', '--json')
    made = [identifier for identifier in jobs_there() if identifier not in known]
    report.check(f'{case.name}: {name}: it is sent, once', done.returncode == 0 and len(made) == 1, (done, made))
    return json.loads(done.stdout) if done.returncode == 0 else None, made[0] if made else None


def is_at_rest(there):
    """Whether a job does nothing any more at its provider, and costs nothing."""
    return not there.get('billing', False) and AT_REST.search(str(there['state'])) is not None


def cancel(report, case):
    """Ends a second job before it has done anything, or is told why that cannot be."""
    job, identifier = submit(report, case, 'cancelled')
    if job is None:
        return
    done = stoker('jobs', 'cancel', job['id'])
    if case.cannot('cancel'):
        report.check(f'{case.name}: it is told that it cannot be cancelled', case.cannot('cancel') in done.stdout + done.stderr, done)
    else:
        report.check(f'{case.name}: a job is cancelled', done.returncode == 0 and 'cancelled' in done.stdout, done)
        report.check(f'{case.name}: at the provider too', is_at_rest(jobs_there()[identifier]), jobs_there()[identifier])


def check_result(report, case):
    """Waits for the job, and looks at what it left."""
    done = stoker('jobs', 'wait', case.job['id'], '--json')
    job = json.loads(done.stdout) if done.stdout else {}
    report.check(f'{case.name}: the job is done', done.returncode == 0 and job['state'] == 'succeeded', done)
    paths = [artifact['path'] for artifact in job.get('artifacts', [])]
    are_right = len(paths) == len(case.facts['outputs']) and all(map(str.endswith, paths, case.facts['outputs']))
    report.check(f'{case.name}: its outputs are here', are_right and all(os.path.getsize(path) > 0 for path in paths), paths)
    if case.logged():
        done = stoker('jobs', 'logs', case.job['id'])
        report.check(f'{case.name}: its log is here', case.logged() in done.stdout, done)


def check_keys(report, cases):
    """No key is in anything that was said, in a log or in a file."""
    secrets = {value for case in cases for value in case.facts['secrets'].values()}
    secrets.add(PRIVATE_KEY.splitlines()[3])
    secrets |= {emulator_state()['tls']['key'].splitlines()[3]} if emulator_state()['tls'] else set()
    report.check('the log tells of what was done', any('DEBUG' in text for text in said), said[-1])
    report.check('no key was said', not [text for text in said if any(secret in text for secret in secrets)])
    holding = files_holding(*secrets, apart=KEY_FILES)
    report.check('no file holds a key', holding == [], holding)


def check_list(report, cases):
    """Each provider that is hosted by somebody can be worked with, or is said to be no more."""
    needs_account = {case.stem: 'no-account' not in json.loads(case.read_text(encoding='utf-8'))['tags'] for case in CATALOG.glob('*.json')}
    hosted = [entry for entry in stoker_json('catalog', 'list') if entry['kind'] in HOSTED and needs_account[entry['id']]]
    active = {entry['id']: entry for entry in hosted if entry['status'] == 'active'}
    gone = [entry['id'] for entry in hosted if entry['status'] == 'discontinued']
    idle = [name for name, entry in active.items() if not {'check', 'submit'} <= set(entry['operations'])]
    report.check('no hosted provider is listed that cannot run a job', active and not idle, idle)
    untried = set(active) - {case.template for case in cases}
    report.check('each of them has a case', not untried, untried)
    lines = {line.split()[0]: line for line in stoker('catalog', 'list').stdout.splitlines()}
    report.check('those that are no more are said to be so', gone and all('discontinued' in lines[name] for name in gone), gone)
    report.check('and cannot be added', all(stoker('providers', 'add', name).returncode == 2 for name in gone), gone)


def main():
    report = Report()
    KEY_FILES.mkdir()
    cases = [Case(path) for path in sorted((SOURCE / 'tests' / 'connectors' / 'providers').glob('*.json'))]
    emulator_control(settings={'public_key': run_openssl('pkey', '-pubout', text=PRIVATE_KEY)})
    allow_live_requests()
    check_list(report, cases)
    cases = [case for case in cases if case.name in sys.argv[3:] or not sys.argv[3:]]
    for case in cases:
        begin = time.monotonic()
        add(report, case)
        look(report, case)
        rehearse(report, case)
        check_region(report, case)
        if not case.is_at_once:
            cancel(report, case)
        case.job, _ = submit(report, case, 'kept')
        print(f'# {case.name}: {time.monotonic() - begin:.1f} s', flush=True)
    # On a busy machine nobody looks at some of them for a quarter of an emulated hour.
    emulator_control(speed=FAST, settings={'linger_seconds': 86400})
    for case in cases:
        if case.job:
            check_result(report, case)
    report.check('nothing is billed in the end', not [job for job in emulator_state()['jobs'] if job.get('billing')], emulator_state()['jobs'])
    check_keys(report, cases)
    report.finish()


main()
