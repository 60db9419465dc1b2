#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-contract.py VENDOR: runs contracts/VENDOR.mjs, the vendor's own npm clients against the emulators. Without Node.js 20, npm or a registry to install them from,
the test is skipped and says so."""

import os
import shutil
import subprocess
import sys
import tempfile

from clients import CONTRACTS, install_clients
from session import emulator

RUN_S = 100


def main():
    folder = install_clients()
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
