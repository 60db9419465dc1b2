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
from document_subjects import SUBJECTS
from recorder import read_records
from session import emulator
from subject import Subject, find_lack

RUN_S = 100


def find_wrong_answers(vendor, record):
    """What a client accepted must be what the vendor's document tells, where there is one here."""
    if vendor not in SUBJECTS or find_lack() is not None:
        return []
    subject = Subject(vendor)
    subject.take_records(read_records(record))
    print('# %d answers were held against the document' % sum(subject.find_operation(entry['request'])[0] is not None for entry in subject.records))
    return subject.find_wrong_answers()


def main():
    folder = install_clients()
    # Node.js looks for packages beside the script and above it.
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name in ('harness.mjs', sys.argv[1] + '.mjs'):
            shutil.copyfile(os.path.join(CONTRACTS, name), os.path.join(place, name))
        record = os.path.join(place, 'record')
        os.environ['STOKER_EMULATOR_RECORD'] = record
        with emulator() as url:
            environment = dict(os.environ, EMULATOR_URL=url, NODE_NO_WARNINGS='1', AWS_EC2_METADATA_DISABLED='true')
            done = subprocess.run(['node', os.path.join(place, sys.argv[1] + '.mjs')], env=environment, timeout=RUN_S, check=False)
        wrong = find_wrong_answers(sys.argv[1], record)
    for mistake in wrong:
        print('# not as in the document: ' + mistake)
    sys.exit(1 if wrong else done.returncode)


if __name__ == '__main__':
    main()
