#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs that are really sent, to the emulated providers: test-live.py SOURCE_ROOT BUILD_ROOT"""
import json
import os
import pathlib
import subprocess

from harness import (
    PROVIDERS, STOKER, TEMPORARY, Report, add_provider, allow_live_requests, emulator_control, emulator_state, files_holding, must, stoker,
    stoker_json, write_workload,
)


def keyring_lookup(identifier):
    """Returns the key that the keyring holds for a provider."""
    words = ['secret-tool', 'lookup', 'provider', identifier, 'field', 'api_key']
    return subprocess.run(words, stdout=subprocess.PIPE, encoding='utf-8', timeout=20, check=False).stdout


def answers_in_one_line(done, status, *texts):
    """Whether a failed call says what it must on its last line, and nothing on standard output."""
    last = done.stderr.rstrip('\n').split('\n')[-1]
    return done.returncode == status and all(text in last for text in texts)


def check_gate(report):
    """Without the flag nothing leaves the machine."""
    add_provider('runpod', 'early')
    done = stoker('submit', write_workload('early'), '--provider', 'early', '--live')
    report.check('a live run is held without the feature flag', answers_in_one_line(done, 3, 'enable_public_gpu'), done)
    report.check('what is held prints nothing', done.stdout == '', done)
    done = stoker('submit', write_workload('early'), '--provider', 'early')
    report.check('a dry run shows the request', done.returncode == 0 and '/generic01/run' in done.stdout and '•••' in done.stdout, done)
    report.check('nothing was sent', emulator_state()['requests'] == [], emulator_state()['requests'])
    must('providers', 'remove', 'early')
    report.check('the keyring forgot the key', keyring_lookup('early') == '')


def submit_watched(words):
    """Runs a verb and collects what others can see of the process: arguments and open files. Returns it with the result."""
    process = subprocess.Popen([STOKER, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
    seen = pathlib.Path(f'/proc/{process.pid}/cmdline').read_text(encoding='utf-8', errors='replace')
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(words, process.returncode, out, err), seen + out + err


def check_good_run(report, template):
    """Add, check, submit, wait: from the key to the file."""
    key = PROVIDERS[template]['key']
    done = add_provider(template)
    report.check(f'{template}: the key is not echoed', key not in done.stdout + done.stderr, done)
    report.check(f'{template}: the key is in the keyring', keyring_lookup(template) == key)
    done = stoker('providers', 'check', template)
    report.check(f'{template}: the check succeeds', done.returncode == 0 and 'is ready' in done.stdout and 'Account' in done.stdout, done)

    workload = write_workload(f'good-{template}')
    done, seen = submit_watched(['submit', workload, '--provider', template, '--live', '--wait', '--json'])
    report.check(f'{template}: the job is done', done.returncode == 0, done)
    job = json.loads(done.stdout)
    report.check(f'{template}: its outputs are here', job['state'] == 'succeeded' and job['artifacts']
                 and all(os.path.getsize(artifact['path']) > 0 for artifact in job['artifacts']), job)
    report.check(f'{template}: progress is told on standard error', 'queued' in done.stderr and 'done' in done.stderr, done.stderr)
    report.check(f'{template}: estimate and accrued cost are known', job['estimated'] and job['accrued'], job)
    report.check(f'{template}: the key is nowhere to be seen', key not in seen)
    report.check(f'{template}: one request was sent', len([j for j in emulator_state()['jobs'] if f'good-{template}' in json.dumps(j)]) == 1)
    check_money(report, template, job)
    holding = files_holding(key)
    report.check(f'{template}: the key is in no file', holding == [], holding)
    report.check(f'{template}: the key is not exported', key not in must('providers', 'export').stdout)
    report.check(f'{template}: it is exported when asked', key in must('providers', 'export', '--include-secrets').stdout)
    report.check(f'{template}: the key is in no listing', key not in must('providers', 'show', template).stdout
                 + must('jobs', 'show', job['id']).stdout + must('jobs', 'logs', job['id']).stdout + must('jobs', 'export', job['id']).stdout)


def check_money(report, template, job):
    """Estimate and accrued cost stand side by side."""
    lines = [line for line in must('jobs', 'list').stdout.splitlines() if job['id'] in line]
    report.check(f'{template}: the list shows both amounts', len(lines) == 1 and lines[0].count('$') == 2, lines)
    lines = [line for line in must('spend').stdout.splitlines() if job['id'] in line]
    report.check(f'{template}: so does the spending', len(lines) == 1 and lines[0].count('$') >= 2, lines)
    spent = [entry for entry in stoker_json('spend')['jobs'] if entry['job'] == job['id']]
    report.check(f'{template}: and its JSON', len(spent) == 1 and {'estimated', 'accrued'} <= set(spent[0]), spent)


def check_refusal(report, name, identifier, texts, remedy):
    """A submission that cannot succeed says why, and what helps."""
    done = stoker('submit', write_workload(f'bad-{identifier}'), '--provider', identifier, '--live', '--wait', timeout=240)
    report.check(f'{name}: the reason and what helps are told', answers_in_one_line(done, 1, *texts, remedy), done)
    return done.stderr.rstrip('\n').split('\n')[-1]


def check_refusals(report):
    """Each kind of failure has a message of its own."""
    messages = []
    for key, texts, remedy in (
            ('rpa_test_wrong', ['does not accept the key'], 'providers set rpa_test_wrong --secret-stdin'),
            ('rpa_test_poor', ['out of credit'], '--provider ID elsewhere'),
            ('rpa_test_readonly', ['scope'], 'providers set rpa_test_readonly --secret-stdin'),
            ('rpa_test_busy', ['too many requests'], 'jobs retry')):
        identifier = key.replace('_', '-')
        add_provider('runpod', identifier, key)
        messages.append(check_refusal(report, identifier, identifier, texts, remedy.replace(key, identifier)).split(': ', 2)[-1])
    report.check('no two messages are the same', len(set(messages)) == len(messages), messages)
    done = stoker('providers', 'check', 'rpa-test-wrong')
    report.check('the check names a wrong key', answers_in_one_line(done, 1, 'does not accept the key') and done.stdout == '', done)
    done = stoker('providers', 'check', 'rpa-test-wrong', '--json')
    report.check('as JSON too', done.returncode == 1 and json.loads(done.stdout)['ok'] is False, done)

    must('providers', 'set', 'rpa-test-wrong', '--secret-stdin', text='rpa_test_good\n')
    report.check('another key can be put in', keyring_lookup('rpa-test-wrong') == 'rpa_test_good')
    failed = [job for job in stoker_json('jobs', 'list') if job['provider'] == 'rpa-test-wrong'][0]
    done = stoker('jobs', 'retry', failed['id'], '--wait')
    report.check('then the job can be tried again', done.returncode == 0, done)
    report.check('and has two attempts', len(stoker_json('jobs', 'show', failed['id'])['attempts']) == 2)


def check_no_capacity(report):
    """A job that waits for a GPU says so, and can be cancelled."""
    emulator_control(fault='no-capacity')
    process = subprocess.Popen([STOKER, 'submit', write_workload('patient'), '--provider', 'runpod', '--live', '--wait'],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
    line = ''
    while 'no free GPU' not in line and (line := process.stderr.readline()):
        pass
    report.check('no capacity is told, and what to do', 'no free GPU' in line and 'stoker jobs cancel' in line, line)
    identifier = line.split(': ')[1]

    done = stoker('jobs', 'cancel', identifier)
    report.check('who follows the jobs is told', answers_in_one_line(done, 1, 'another Stoker follows the jobs') and done.stdout == '', done)
    process.terminate()
    out, err = process.communicate(timeout=30)
    report.check('an interrupted wait says that the job goes on', process.returncode == 1 and 'go on' in err and out == '', err)

    done = stoker('jobs', 'cancel', identifier, '--json')
    report.check('the job is cancelled', done.returncode == 0 and json.loads(done.stdout)['state'] == 'cancelled', done)
    there = [job['state'] for job in emulator_state()['jobs'] if 'patient' in json.dumps(job)]
    report.check('at the provider too', there == ['CANCELLED'], there)
    emulator_control(fault='none')


def check_lost(report):
    """A provider without a list of jobs: an answer that never came is not asked for twice."""
    emulator_control(fault='reset-after-accept', path='/run$')
    done = stoker('submit', write_workload('unanswered'), '--provider', 'runpod', '--live', '--wait')
    report.check('a lost job says what to do', answers_in_one_line(done, 1, 'lost', 'console', 'jobs retry'), done)
    there = [job for job in emulator_state()['jobs'] if 'unanswered' in json.dumps(job)]
    report.check('it was sent once', len(there) == 1, there)

    emulator_control(fault='reset-after-accept', path='/models/.*/predictions$')
    done = stoker('submit', write_workload('found'), '--provider', 'replicate', '--live', '--wait')
    there = [job for job in emulator_state()['jobs'] if 'found' in json.dumps(job)]
    report.check('where there is a list, it is found again', done.returncode == 0 and len(there) == 1, (done, there))


def check_handed_over(report):
    """Without --wait the program leaves as soon as the provider has the job; a later one takes it up."""
    done = stoker('submit', write_workload('left-alone'), '--provider', 'replicate', '--live', '--json')
    job = json.loads(done.stdout)
    report.check('it leaves when the provider has the job', done.returncode == 0 and job['attempts'][0]['remote_id'], job)
    done = stoker('jobs', 'wait', job['id'], '--json')
    report.check('it is taken up again', done.returncode == 0 and json.loads(done.stdout)['state'] == 'succeeded', done)
    done = stoker('jobs', 'logs', job['id'])
    report.check('its log is kept', done.returncode == 0 and done.stdout != '', done)


def check_import(report):
    """Keys of the older secrets file go to the keyring."""
    path = TEMPORARY / 'comfyvn.secrets.json'
    path.write_text(json.dumps({'Replicate': {'api_key': 'r8_test_moved'}}), encoding='utf-8')
    done = must('providers', 'import-secrets', str(path))
    report.check('the keys are moved', keyring_lookup('replicate') == 'r8_test_moved' and path.exists() and '--delete-after' in done.stdout, done)
    must('providers', 'import-secrets', str(path), '--delete-after')
    report.check('the file goes when asked', not path.exists())
    must('providers', 'set', 'replicate', '--secret-stdin', text=PROVIDERS['replicate']['key'])


def main():
    report = Report()
    check_gate(report)
    allow_live_requests()
    for template in PROVIDERS:
        check_good_run(report, template)
    check_refusals(report)
    check_no_capacity(report)
    check_lost(report)
    check_handed_over(report)
    check_import(report)
    left = files_holding('rpa_test_good', 'r8_test_good')
    report.check('in the end no file holds a key', not left, left)
    report.finish()


main()
