#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job that cannot run where it was sent goes on elsewhere, when its user said where: test-fallback.py SOURCE_ROOT BUILD_ROOT

EC2 is full, has no quota left, or is not there at all; the job then runs at Paperspace, and at EC2 nothing is left. What is wrong in the job
itself moves nowhere. That a deadline moves a job too is in tests/services/test-fallback.c, which has a clock of its own.
"""
import json

from harness import EMULATOR, Report, allow_live_requests, emulator_control, emulator_state, must, stoker, write_workload

NEXT = 'paperspace'
REQUIREMENTS = {'min_vram_gb': 12, 'estimated_minutes': 5}
PAYLOAD = {'image': 'debian:12', 'command': 'echo a fox'}


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


def submit(name, provider, *words, **more):
    """Sends a job that may go on; returns what came of it, and what was said."""
    workload = write_workload(name, requirements=REQUIREMENTS, payload=PAYLOAD, budget={'limit_usd': 5}, **more)
    done = stoker('submit', workload, '--provider', provider, '--plan', 'on-demand', '--live', '--wait', '--json', *words)
    return done, json.loads(done.stdout) if done.stdout else None


def check_move(report, name, provider, cause):
    """It ran at the second, and the first attempt says why not at the first."""
    done, job = submit(name, provider, '--fallback', NEXT)
    report.check(f'{name}: the job is done all the same', done.returncode == 0 and job and job['state'] == 'succeeded' and job['provider'] == NEXT, done)
    attempts = job['attempts'] if job else []
    report.check(f'{name}: each of the two was tried once', [attempt['provider'] for attempt in attempts] == [provider, NEXT], attempts)
    report.check(f'{name}: the move and its cause are kept', attempts and cause in (attempts[0]['message'] or ''), attempts)
    report.check(f'{name}: it is said beforehand where it may go', f'it goes on at: {NEXT}' in done.stderr, done.stderr)
    report.check(f'{name}: and when it goes there', f'to go on at {NEXT} after {provider}' in done.stderr and cause in done.stderr, done.stderr)
    shown = must('jobs', 'show', job['id']).stdout if job else ''
    report.check(f'{name}: whoever looks at the job sees both', provider in shown and NEXT in shown and cause in shown, shown)


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
    check_stay(report)
    report.check('nothing is billed in the end', not [job for job in emulator_state()['jobs'] if job.get('billing')], emulator_state()['jobs'])
    report.finish()


main()
