#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider that is nothing but one document in the user's data folder: test-invented-provider.py SOURCE_ROOT BUILD_ROOT

The service is invented: tests/connectors/invented-provider.json is the document, which src/README.md explains, tests/emulators/providers/anvil.py
the service. Stoker as it was built does everything with it.
"""
import json
import os
import pathlib
import shutil

import harness
from harness import EMULATOR, SOURCE, TEMPORARY, Report, allow_live_requests, emulator_control, emulator_state, files_holding, stoker_json

DOCUMENT = SOURCE / 'tests' / 'connectors' / 'invented-provider.json'
CATALOG = pathlib.Path(os.environ['XDG_DATA_HOME']) / 'stoker' / 'catalog'
KEY = 'anvil_test_good'
PAYLOAD = {'image': 'ghcr.io/acme/render:1', 'command': 'render door'}
FIELDS = ['--set', f'api_url={EMULATOR}/anvil/v1']

said = []


def stoker(*words, text=None):
    """Runs a verb, and keeps what it said: no key may be in it."""
    done = harness.stoker(*words, text=text)
    said.append(done.stdout + done.stderr)
    return done


def write_workload(name, payload=None):
    """Ten minutes on a GPU of 24 GB."""
    workload = {'name': name, 'requirements': {'type': 'image', 'min_vram_gb': 24, 'estimated_minutes': 10}, 'payload': payload or PAYLOAD}
    path = TEMPORARY / f'{name}.json'
    path.write_text(json.dumps(workload), encoding='utf-8')
    return str(path)


def check_catalog(report):
    """Dropping the document in is all that it takes."""
    report.check('Stoker does not know it', stoker('catalog', 'show', 'anvil').returncode == 2)
    done = stoker('catalog', 'validate', str(DOCUMENT))
    report.check('its document is valid', done.returncode == 0 and 'Anvil' in done.stdout, done)
    CATALOG.mkdir(parents=True)
    shutil.copy(DOCUMENT, CATALOG / 'anvil.json')
    listed = {entry['id']: entry for entry in stoker_json('catalog', 'list')}.get('anvil', {})
    report.check('now it is listed, with what it can do', {'check', 'submit', 'poll', 'cancel', 'outputs'} <= set(listed.get('operations', [])), listed)
    done = stoker('catalog', 'show', 'anvil')
    report.check('its facts and fields are told', 'api_key (secret)' in done.stdout and 'On demand' in done.stdout, done)
    done = stoker('offers', '--provider', 'anvil')
    report.check('and its prices', '$0.50' in done.stdout and 'RTX 4090' in done.stdout, done)


def check_advice(report):
    """It is weighed like any other: 600 seconds at $0.50 an hour."""
    path = write_workload('weighed')
    candidates = [entry for entry in stoker_json('advise', path, '--limit', '0')['candidates'] if entry['id'] == 'anvil']
    report.check('the advice has it', candidates and candidates[0]['can_run'], candidates)
    total = candidates[0]['estimate']['total'] if candidates else None
    report.check('with what it costs by its prices', total == {'amount': '0.083333333', 'currency': 'USD'}, total)
    done = stoker('compare', path)
    report.check('so has the comparison', any('Anvil' in line and '$0.08' in line for line in done.stdout.splitlines()), done)


def check_form(report):
    """What its fields say of themselves is held to."""
    done = stoker('providers', 'add', 'anvil', *FIELDS, '--secret-stdin', text='hammer')
    report.check('a key has its form', done.returncode == 2 and 'api_key' in done.stderr, done)
    done = stoker('providers', 'add', 'anvil', '--set', 'api_key=' + KEY)
    report.check('its secret is no argument', done.returncode == 2 and 'secret-stdin' in done.stderr, done)
    said.clear()
    done = stoker('providers', 'add', 'anvil', *FIELDS, '--secret-stdin', text=KEY)
    report.check('it can be added', done.returncode == 0, done)
    done = stoker('providers', 'check', 'anvil')
    report.check('the check tells whose key it is', done.returncode == 0 and 'smith@example.com' in done.stdout and '$42.00' in done.stdout, done)


def check_dry_run(report):
    """The request as it would be sent, and mistakes in it before it is."""
    done = stoker('submit', write_workload('rehearsed'), '--provider', 'anvil')
    requests = json.loads(done.stdout[done.stdout.index('{'):])['requests']
    report.check('a dry run shows its request', len(requests) == 1 and requests[0]['url'] == f'{EMULATOR}/anvil/v1/jobs', done)
    body = json.loads(requests[0]['body'])
    report.check('with what was asked for', body['gpu'] == 'RTX 4090' and body['command'] == ['sh', '-c', 'render door'], body)
    report.check('and without the key', 'Authorization: Bearer •••' in requests[0]['headers'], requests)
    done = stoker('submit', write_workload('wrong', {'image': 'render'}), '--provider', 'anvil', '--live')
    report.check('a parameter that is missing is told', done.returncode == 2 and 'command' in done.stderr, done)
    report.check('and nothing was sent', emulator_state()['jobs'] == [], emulator_state()['jobs'])


def check_run(report):
    """From the request to the picture, with what is told on the way."""
    done = stoker('submit', write_workload('forged'), '--provider', 'anvil', '--live', '--wait', '--json')
    job = json.loads(done.stdout) if done.stdout else {}
    report.check('the job is done', done.returncode == 0 and job['state'] == 'succeeded', done)
    report.check('its own words are told on the way', 'queued, waiting' in done.stderr and 'running' in done.stderr, done.stderr)
    files = [pathlib.Path(artifact['path']) for artifact in job.get('artifacts', [])]
    report.check('its picture is here', [path.name for path in files] == ['door.png'] and files[0].read_bytes().startswith(b'\x89PNG'), files)
    report.check('it cost what it told', job.get('accrued') == {'amount': '0.005', 'currency': 'USD'}, job.get('accrued'))
    done = stoker('jobs', 'logs', job['id'])
    report.check('its log is here', done.stdout == 'render door\n' + ''.join(f'strike {step}\n' for step in range(1, 11)), done)
    there = emulator_state()['jobs']
    report.check('it was sent once, by its name', len(there) == 1 and there[0]['input']['name'] == job['attempts'][0]['token'], there)


def check_endings(report):
    """How else a job ends, in its own words."""
    emulator_control(next={'fail': 3})
    done = stoker('submit', write_workload('broken'), '--provider', 'anvil', '--live', '--wait')
    report.check('it tells why a job failed', done.returncode == 1 and 'the command ended with status 3' in done.stderr, done)
    done = stoker('submit', write_workload('stopped'), '--provider', 'anvil', '--live', '--json')
    done = stoker('jobs', 'cancel', json.loads(done.stdout)['id'])
    report.check('a job can be cancelled', done.returncode == 0 and 'cancelled' in done.stdout, done)
    emulator_control(fault='reset-after-accept', path='/jobs$')
    done = stoker('submit', write_workload('found'), '--provider', 'anvil', '--live', '--wait')
    report.check('one whose answer never came is found by its name', done.returncode == 0, done)
    report.check('nothing is billed in the end', not [job for job in emulator_state()['jobs'] if job['billing']], emulator_state()['jobs'])
    must_say = {'anvil_test_poor': 'the account at Anvil is out of credit', 'anvil_test_wrong': 'does not accept the key'}
    for key, words in must_say.items():
        stoker('providers', 'set', 'anvil', '--secret-stdin', text=key)
        done = stoker('submit', write_workload(key), '--provider', 'anvil', '--live', '--wait')
        report.check(f'what is wrong is told: {words}', done.returncode == 1 and words in done.stderr, done)


def check_key(report):
    """Its key is kept as well as any."""
    report.check('the key was never said', not [text for text in said if KEY in text])
    holding = files_holding(KEY)
    report.check('no file holds it', holding == [], holding)


def check_without(report):
    """Without its document what was done stays, and nothing else is hurt."""
    (CATALOG / 'anvil.json').unlink()
    done = stoker('jobs', 'list')
    report.check('its jobs outlive its document', done.returncode == 0 and 'anvil' in done.stdout, done)
    done = stoker('advise', write_workload('again'))
    report.check('advice goes on without it', done.returncode == 0 and 'Anvil' not in done.stdout, done)
    (CATALOG / 'anvil.json').write_text('{"schema": 1, "id": "anvil"}', encoding='utf-8')
    done = stoker('catalog', 'list')
    report.check('a broken one is named, and the others are listed', done.returncode == 0 and 'anvil.json' in done.stderr
                 and 'runpod' in done.stdout, done)


def main():
    report = Report()
    check_catalog(report)
    check_advice(report)
    allow_live_requests()
    check_form(report)
    check_dry_run(report)
    check_run(report)
    check_endings(report)
    check_key(report)
    check_without(report)
    report.finish()


main()
