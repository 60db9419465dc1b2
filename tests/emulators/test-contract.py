#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-contract.py [aws|huggingface]: runs the vendors' own npm clients against the emulator. They are installed into a cache folder outside the tree; without npm, or without
a registry to install from, the test is skipped and says so."""

import os
import shutil
import subprocess
import sys

from session import FOLDER, emulator

CLIENTS = {
    'contract': ['replicate@1.4.0', 'runpod-sdk@1.1.2'],
    'contract-aws': ['@aws-sdk/client-ec2@3.1169.0', '@aws-sdk/client-sagemaker@3.1142.0', '@aws-sdk/client-sts@3.1169.0'],
    'contract-huggingface': ['@huggingface/hub@2.17.5', '@huggingface/inference@4.13.30'],
}


def skip(reason):
    print('1..0 # SKIP ' + reason)
    sys.exit(0)


def install(name):
    clients = CLIENTS[name]
    cache = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
    folder = os.path.join(cache, 'stoker-tests', 'official-clients' + name[len('contract'):])
    os.makedirs(folder, exist_ok=True)
    if not os.path.isdir(os.path.join(folder, 'node_modules', clients[-1].rsplit('@', 1)[0])):
        command = ['npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder] + clients
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
        except subprocess.TimeoutExpired:
            skip('npm could not install the official clients in time')
        if done.returncode != 0:
            skip('npm could not install the official clients: ' + (done.stderr.strip().splitlines() or ['no reason given'])[-1])
    return folder


def main():
    if shutil.which('node') is None or shutil.which('npm') is None:
        skip('node and npm are not installed, so the official clients cannot run')
    name = '-'.join(['contract'] + sys.argv[1:])
    folder = install(name)
    script = os.path.join(folder, name + '.mjs')
    shutil.copyfile(os.path.join(FOLDER, name + '.mjs'), script)
    with emulator() as url:
        done = subprocess.run(['node', script], env=dict(os.environ, EMULATOR_URL=url), timeout=120, check=False)
    sys.exit(done.returncode)


if __name__ == '__main__':
    main()
