#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is lost, nothing is paid twice, whenever the process dies: test-kill.py SOURCE_ROOT BUILD_ROOT

Twenty jobs are submitted while Stoker is killed at fifty random instants. Afterwards every job is accounted for.
"""
import collections
import json
import os
import random
import signal
import subprocess
import time

from harness import (
    STOKER, Report, add_provider, allow_live_requests, emulator_control, emulator_state, must, stoker, stoker_json, write_workload,
)

JOBS = 20
KILLS = 50
SEED = int(os.environ.get('STOKER_TEST_SEED', '20261121'))
# Where jobs are taken. Each answer takes a while, so that some kills fall between request and answer; two never come.
SUBMIT_PATH = r'/run$|/models/.*/predictions$'
SPEED = 20
SLOW_S = 0.15
UNANSWERED = (6, 13)
FINAL = {'succeeded', 'failed', 'cancelled', 'lost'}


def run_and_kill(words, delay_s):
    """Starts a verb and kills it after a while; returns whether it was killed before its end."""
    process = subprocess.Popen([STOKER, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=delay_s)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        return True


def jobs():
    """Returns all jobs that Stoker knows."""
    return stoker_json('jobs', 'list', '--limit', '0')


def unfinished():
    """Returns the ids of the jobs that are not over."""
    return [job['id'] for job in jobs() if job['state'] not in FINAL]


def choose_delay(dice):
    """Mostly while it starts, writes and sends; sometimes while it follows or looks for a request."""
    return dice.uniform(0.0, 0.35) if dice.random() < 0.7 else dice.uniform(0.3, 4.0)


def answer_slowly():
    """Makes the emulator take its time over each submission."""
    emulator_control(fault='slow', path=SUBMIT_PATH, times=0, settings={'slow_seconds': SLOW_S})


def submit_all(dice):
    """Submits every job once, each in a process that is killed at a random instant. Returns the number of kills."""
    killed = 0
    for number in range(JOBS):
        template = 'runpod' if number % 2 == 0 else 'replicate'
        workload = write_workload(f'kill-{number}')
        if number in UNANSWERED:
            emulator_control(fault='reset-after-accept', path=SUBMIT_PATH)
        killed += run_and_kill(['submit', workload, '--provider', template, '--live'], choose_delay(dice))
        answer_slowly()
    return killed


def kill_while_following(dice, killed):
    """Lets Stoker follow what is unfinished and kills it again and again; returns the number of kills."""
    for _ in range(4 * KILLS):
        if killed >= KILLS:
            break
        waiting = unfinished()
        if waiting:
            words = ['jobs', 'wait', dice.choice(waiting)]
        else:
            template = dice.choice(['runpod', 'replicate'])
            words = ['submit', write_workload(f'more-{killed}-{time.monotonic_ns()}'), '--provider', template, '--live']
        killed += run_and_kill(words, choose_delay(dice))
    return killed


def finish_all():
    """Follows everything to its end, unhindered."""
    for _ in range(4 * JOBS):
        waiting = unfinished()
        if not waiting:
            return True
        stoker('jobs', 'wait', waiting[-1], timeout=240)
    return False


def name_of(there):
    """The name of the workload that a job of the emulator was made from."""
    text = json.dumps(there['input'])
    return next((word for word in text.replace('"', ' ').split() if word.startswith(('kill-', 'more-'))), text)


def check_accounts(report, known, there):
    """Compares Stoker's jobs with what the providers have."""
    by_name = {job['name']: job for job in known}
    remote_ids = {attempt.get('remote_id') for job in known for attempt in job['attempts']}
    counts = collections.Counter(name_of(job) for job in there)
    twice = [name for name, count in counts.items() if count > 1]
    report.check('no job was taken twice', not twice, twice)
    strangers = [job for job in there if name_of(job) not in by_name]
    report.check('nothing is there that Stoker does not know', not strangers, strangers)
    lost = [job for job in known if job['state'] == 'lost']
    unclaimed = [job for job in there if job['id'] not in remote_ids and by_name.get(name_of(job), {}).get('state') != 'lost']
    report.check('what is there belongs to an attempt, or to a job that is lost', not unclaimed, unclaimed)
    report.check('Replicate has a list, so nothing is lost there', not [job for job in lost if job['provider'] == 'replicate'], lost)
    silent = [job for job in lost if 'console' not in (job.get('message') or '')]
    report.check('a lost job says what to do', not silent, silent)
    resent = [job for job in lost if len(job['attempts']) != 1]
    report.check('a lost job was not sent again', not resent, resent)
    running = [job for job in there if job['state'] in ('IN_QUEUE', 'IN_PROGRESS', 'starting', 'processing')
               and by_name.get(name_of(job), {}).get('state') != 'lost']
    report.check('nothing is left running', not running, running)
    done = [job for job in known if job['state'] == 'succeeded']
    missing = [job['id'] for job in done if not job['artifacts'] or not all(os.path.exists(a['path']) for a in job['artifacts'])]
    report.check('what was done left its outputs', done and not missing, missing)
    print(f'# {len(known)} jobs known, {len(there)} taken, {len(done)} done, {len(lost)} lost')


def main():
    report = Report()
    dice = random.Random(SEED)
    print(f'# seed {SEED}')
    subprocess.run(['gsettings', 'set', 'io.github.stokerapp.Stoker', 'jobs-per-provider', '8'], check=True)
    allow_live_requests()
    add_provider('runpod')
    add_provider('replicate')
    emulator_control(speed=SPEED)
    answer_slowly()
    killed = kill_while_following(dice, submit_all(dice))
    report.check(f'it was killed {KILLS} times', killed >= KILLS, killed)
    # A killed submission that left no trace was never sent; the job is submitted again, as its user would.
    names = {job['name'] for job in jobs()}
    for number in range(JOBS):
        template = 'runpod' if number % 2 == 0 else 'replicate'
        if f'kill-{number}' not in names:
            must('submit', write_workload(f'kill-{number}'), '--provider', template, '--live')
    report.check('everything comes to an end', finish_all(), unfinished())
    known = jobs()
    report.check('every job is accounted for', {f'kill-{number}' for number in range(JOBS)} <= {job['name'] for job in known}, known)
    check_accounts(report, known, emulator_state()['jobs'])
    report.finish()


main()
