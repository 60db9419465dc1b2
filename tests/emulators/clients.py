# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendors' npm packages, installed as contracts/package-lock.json has them, each with its checksum, into the user's cache, once for all build folders."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time

from session import FOLDER

CONTRACTS = os.path.join(FOLDER, 'contracts')
NODE = 20
INSTALL = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000',
           '--fetch-retry-maxtimeout=5000']
INSTALL_S = 150
# For so long nobody tries again what did not work.
GIVEN_UP_S = 900
PREFIX = 'contracts-'
KEPT_S = 14 * 24 * 3600


def skip(reason):
    print('1..0 # SKIP ' + reason)
    sys.exit(0)


def check_tools():
    if shutil.which('node') is None or shutil.which('npm') is None:
        skip('node and npm are not installed, so the official clients cannot run')
    version = subprocess.run(['node', '--version'], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip('v').split('.')[0]) < NODE:
        skip('the official clients need Node.js %d, and this is %s' % (NODE, version))


def find_place():
    """A folder in the cache; the build folder where there is none to write to."""
    cache = os.environ.get('STOKER_TEST_CACHE') or os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
    cache = os.path.join(cache, 'stoker-tests')
    try:
        os.makedirs(cache, exist_ok=True)
    except OSError:
        return os.environ['STOKER_TEST_BUILD_ROOT']
    return cache if os.access(cache, os.W_OK) else os.environ['STOKER_TEST_BUILD_ROOT']


def find_folder():
    """One for each state of the lock file."""
    with open(os.path.join(CONTRACTS, 'package-lock.json'), 'rb') as file:
        state = hashlib.sha256(file.read()).hexdigest()
    return os.path.join(find_place(), PREFIX + state[:16])


def forget_others(folder):
    """Removes what no test has used for a long time: the clients take hundreds of megabytes."""
    place = os.path.dirname(folder)
    for name in os.listdir(place):
        other = os.path.join(place, name)
        mark = os.path.join(other, 'done')
        if name.startswith(PREFIX) and other != folder and os.path.exists(mark) and time.time() - os.path.getmtime(mark) > KEPT_S:
            shutil.rmtree(other, ignore_errors=True)


def install_clients():
    """The folder with the clients. Only one test installs them, or fails to; the others wait for it."""
    check_tools()
    folder = find_folder()
    os.makedirs(folder, exist_ok=True)
    failed = os.path.join(folder, 'failed')
    with open(os.path.join(folder, 'lock'), 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(failed) and time.time() - os.path.getmtime(failed) < GIVEN_UP_S:
            skip('npm could not install the official clients a short while ago')
        if not os.path.exists(os.path.join(folder, 'done')):
            reason = run_npm(folder)
            open(failed if reason else os.path.join(folder, 'done'), 'w', encoding='utf-8').close()
            if reason:
                skip('npm could not install the official clients: ' + reason)
            forget_others(folder)
        os.utime(os.path.join(folder, 'done'))
    return folder


def run_npm(folder):
    """Nothing, or why it did not work."""
    for name in ('package.json', 'package-lock.json'):
        shutil.copyfile(os.path.join(CONTRACTS, name), os.path.join(folder, name))
    try:
        ran = subprocess.run(INSTALL + ['--prefix', folder], cwd=folder, capture_output=True, text=True, timeout=INSTALL_S, check=False)
    except subprocess.TimeoutExpired:
        return 'it took longer than %d s' % INSTALL_S
    return (ran.stderr.strip().splitlines() or ['no reason given'])[0] if ran.returncode != 0 else None
