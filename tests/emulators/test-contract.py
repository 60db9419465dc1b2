#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-contract.py VENDOR: runs contracts/VENDOR.mjs, the vendor's own npm clients against the emulators. They are installed as contracts/package-lock.json has them, each
with its checksum, into the build folder (or a cache), once for all; without Node.js 20, npm or a registry to install from, the test is skipped and says so."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from session import FOLDER, emulator

CONTRACTS = os.path.join(FOLDER, 'contracts')
NODE = 20
INSTALL = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-maxtimeout=5000']
INSTALL_S = 300
RUN_S = 100


def skip(reason):
    print('1..0 # SKIP ' + reason)
    sys.exit(0)


def check_tools():
    if shutil.which('node') is None or shutil.which('npm') is None:
        skip('node and npm are not installed, so the official clients cannot run')
    version = subprocess.run(['node', '--version'], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip('v').split('.')[0]) < NODE:
        skip('the official clients need Node.js %d, and this is %s' % (NODE, version))


def find_folder():
    """One for each state of the lock file."""
    with open(os.path.join(CONTRACTS, 'package-lock.json'), 'rb') as file:
        state = hashlib.sha256(file.read()).hexdigest()[:12]
    place = os.environ.get('STOKER_TEST_BUILD_ROOT') or os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'stoker-tests')
    return os.path.join(place, 'contracts-' + state)


def install():
    """The folder with the clients. Only one test installs them; the others wait for it."""
    folder = find_folder()
    os.makedirs(folder, exist_ok=True)
    done = os.path.join(folder, 'done')
    with open(os.path.join(folder, 'lock'), 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(done):
            for name in ('package.json', 'package-lock.json'):
                shutil.copyfile(os.path.join(CONTRACTS, name), os.path.join(folder, name))
            run_npm(folder)
            open(done, 'w', encoding='utf-8').close()
    return folder


def run_npm(folder):
    try:
        ran = subprocess.run(INSTALL + ['--prefix', folder], cwd=folder, capture_output=True, text=True, timeout=INSTALL_S, check=False)
    except subprocess.TimeoutExpired:
        skip('npm could not install the official clients in %d s' % INSTALL_S)
    if ran.returncode != 0:
        skip('npm could not install the official clients: ' + (ran.stderr.strip().splitlines() or ['no reason given'])[0])


def main():
    check_tools()
    folder = install()
    # Node.js looks for packages beside the script and above it.
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name in ('harness.mjs', sys.argv[1] + '.mjs'):
            shutil.copyfile(os.path.join(CONTRACTS, name), os.path.join(place, name))
        with emulator() as url:
            environment = dict(os.environ, EMULATOR_URL=url, NODE_NO_WARNINGS='1', AWS_EC2_METADATA_DISABLED='true')
            done = subprocess.run(['node', os.path.join(place, sys.argv[1] + '.mjs')], env=environment, timeout=RUN_S, check=False)
    sys.exit(done.returncode)


if __name__ == '__main__':
    main()
