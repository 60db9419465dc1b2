#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job that cannot run where it was sent goes on elsewhere, when its user said where: test-fallback.py SOURCE_ROOT BUILD_ROOT

EC2 is full, has no quota left, is not there at all, or does not get done by the deadline; the job then runs at Paperspace, and at EC2 nothing is
left. What is wrong in the job itself moves nowhere.
"""
import json
import os
import pathlib
import sqlite3

from harness import (
    EMULATOR, Report, allow_live_requests, emulator_control, emulator_state, must, stoker, stoker_json, wait_for, write_workload,
)

NEXT = 'paperspace'
REQUIREMENTS = {'min_vram_gb': 12, 'estimated_minutes': 5}
PAYLOAD = {'image': 'debian:12', 'command': 'echo a fox'}
DATABASE = pathlib.Path(os.environ['XDG_DATA_HOME']) / 'stoker' / 'stoker.db'
# Emulated seconds: as long as jobs run here, and longer than any test.
USUAL_S, ENDLESS_S = 20, 10 ** 7


def add_aws(identifier, address):
    """Registers EC2 as it is at this address."""
    settings = [f'through_url={address}', 'access_key=AKIATESTGOOD', 'region=eu-west-1']
    must('providers', 'add', 'aws-ec2', '--id', identifier, *(word for setting in settings for word in ('--set', setting)), '--secret-stdin', text='secret_key=aws_test_good\n')


def add_providers():
    """One that can be full, one that nobody answers for, and one that is left."""
    add_aws('aws', f'{EMULATOR}/aws/')
    add_aws('absent', 'http://127.0.0.1:9/')
    must('providers', 'add', NEXT, '--set', f'api_url={EMULATOR}/paperspace/v1', '--set', f'report_url={EMULATOR}/paperspace-store/6b1f', '--secret-stdin',
         text='paperspace_test_good\n')


def send(name, provider, *words, **more):
    """Sends a job that may go on."""
    workload = write_workload(name, requirements=REQUIREMENTS, payload=PAYLOAD, budget={'limit_usd': 5}, **more)
    return stoker('submit', workload, '--provider', provider, '--plan', 'on-demand', '--live', '--json', *words)


def submit(name, provider, *words, **more):
    """Sends a job that may go on; returns what came of it, and what was said."""
    done = send(name, provider, '--wait', *words, **more)
    return done, json.loads(done.stdout) if done.stdout else None


def check_move(report, name, provider, cause):
    """It ran at the second, and the first attempt says why not at the first."""
    done, job = submit(name, provider, '--fallback', NEXT)
    report.check(f'{name}: the job is done all the same', done.returncode == 0 and job and job['state'] == 'succeeded' and job['provider'] == NEXT, done)
    attempts = job['attempts'] if job else []
    report.check(f'{name}: each of the two was tried once', [attempt['provider'] for attempt in attempts] == [provider, NEXT], attempts)
    report.check(f'{name}: it is not said to be free', job and (job['accrued'] is None or float(job['accrued']['amount']) > 0), job and job['accrued'])
    report.check(f'{name}: the move and its cause are kept', attempts and cause in (attempts[0]['message'] or ''), attempts)
    report.check(f'{name}: it is said beforehand where it may go', f'it goes on at: {NEXT}' in done.stderr, done.stderr)
    report.check(f'{name}: and when it goes there', f'to go on at {NEXT} after {provider}' in done.stderr and cause in done.stderr, done.stderr)
    shown = must('jobs', 'show', job['id']).stdout if job else ''
    report.check(f'{name}: whoever looks at the job sees both', provider in shown and NEXT in shown and cause in shown, shown)


def make_older(job, seconds):
    """The computer slept meanwhile: nobody waits for a deadline here."""
    connection = sqlite3.connect(DATABASE, timeout=30)
    with connection:
        changed = connection.execute('UPDATE attempts SET started_us = started_us - ? WHERE job_id = ?', (seconds * 10 ** 6, job)).rowcount
    connection.close()
    return changed


def check_deadline(report):
    """A job that runs on and on is ended, and begun anew elsewhere, once its time is over."""
    emulator_control(settings={'run_seconds': ENDLESS_S})
    sent = send('late', 'aws', '--fallback', NEXT, deadline_minutes=20)
    emulator_control(settings={'run_seconds': USUAL_S})
    job = json.loads(sent.stdout)
    report.check('late: it is handed over', sent.returncode == 0 and job['provider'] == 'aws' and job['state'] not in ('failed', 'cancelled'), sent)
    report.check('late: its machine costs', wait_for(lambda: [other for other in emulator_state()['jobs'] if other.get('billing')]))
    report.check('late: its time passes', make_older(job['id'], 30 * 60) == 1)
    waited = stoker('jobs', 'wait', job['id'], '--json')
    job = stoker_json('jobs', 'show', job['id'])
    attempts = job['attempts']
    report.check('late: the job is done all the same', waited.returncode == 0 and job['state'] == 'succeeded' and job['provider'] == NEXT, waited)
    report.check('late: the first attempt was ended', [attempt['state'] for attempt in attempts] == ['cancelled', 'succeeded'], attempts)
    report.check('late: the cause is kept', 'not done by its deadline' in (attempts[0]['message'] or ''), attempts)
    report.check('late: what the first has cost is kept', float((attempts[0]['accrued'] or {'amount': 0})['amount']) > 0, attempts)


def check_stay(report):
    """A bad request is bad everywhere; and nobody is asked who was not named."""
    before = len(emulator_state()['jobs'])
    emulator_control(next={'refuse': 'InvalidGroup.NotFound'})
    done, job = submit('bad', 'aws', '--fallback', NEXT)
    report.check('a bad request goes nowhere', done.returncode == 1 and [attempt['provider'] for attempt in job['attempts']] == ['aws'], done)
    emulator_control(next={'refuse': 'VcpuLimitExceeded'})
    done, job = submit('alone', 'aws')
    report.check('nor does a job whose user did not say so', done.returncode == 1 and len(job['attempts']) == 1, done)
    done, job = submit('stranger', 'aws', '--fallback', 'nobody')
    report.check('a provider that is not registered is a mistake', done.returncode == 2 and '--fallback: “nobody”' in done.stderr and job is None, done)
    report.check('nothing was made for any of them', len(emulator_state()['jobs']) == before, emulator_state()['jobs'])


def main():
    report = Report()
    allow_live_requests()
    add_providers()
    emulator_control(settings={'full_zones': 'ab'})
    check_move(report, 'full', 'aws', 'no free machine')
    emulator_control(settings={'full_zones': ''})
    emulator_control(next={'refuse': 'VcpuLimitExceeded'})
    check_move(report, 'quota', 'aws', 'quota of the AWS account')
    check_move(report, 'absent', 'absent', 'cannot reach')
    check_deadline(report)
    check_stay(report)
    report.check('nothing is billed in the end', not [job for job in emulator_state()['jobs'] if job.get('billing')], emulator_state()['jobs'])
    report.finish()


main()
