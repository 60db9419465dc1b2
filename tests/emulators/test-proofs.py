#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalog says a connector was proved by is what the tests have: the same documents, the same clients of the same versions."""

import glob
import json
import os
import re
import sys

from document_subjects import ROOT, SPECS, SUBJECTS, is_typed, load_tree
from tap import Tap

CLIENT = re.compile(r'(@?[a-z][a-z0-9./-]*) (\d+\.\d+\.\d+)')


def read_json(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as file:
        return json.load(file)


def read_proofs():
    """Provider with a manifest → witness → what it was."""
    proofs = {}
    for path in sorted(glob.glob(os.path.join(ROOT, 'resources', 'catalog', '*.json'))):
        document = read_json(path)
        if (document.get('connector') or {}).get('class') == 'http':
            proofs[document['id']] = {entry.partition(': ')[0]: entry.partition(': ')[2] for entry in document['proved']}
    return proofs


def check_emulators(proofs):
    cases = {read_json(path)['provider'] for path in glob.glob(os.path.join(ROOT, 'tests', 'connectors', 'providers', '*.json'))}
    return ['%s: proved by an emulator, or has a case, but not both' % name for name in proofs if ('emulator' in proofs[name]) != (name in cases)]


def check_documents(proofs):
    mistakes = []
    for name, proof in proofs.items():
        if ('official-document' in proof) != (name in SUBJECTS):
            mistakes.append('%s: the catalog and document_subjects.py differ in whether there is a document' % name)
        elif name in SUBJECTS and os.path.isdir(SPECS) and not is_typed(SUBJECTS[name]):
            about = load_tree(SUBJECTS[name]['document'])['info']
            if '%s %s' % (about['title'], about['version']) not in proof['official-document']:
                mistakes.append('%s: the document is called %s %s' % (name, about['title'], about['version']))
    return mistakes


def check_clients(proofs):
    pinned = set(read_json('tests', 'emulators', 'contracts', 'package.json')['dependencies'].items())
    told = {name: set(CLIENT.findall(proof['official-client'])) for name, proof in proofs.items() if 'official-client' in proof}
    mistakes = ['%s: names no client with its version' % name for name, clients in told.items() if not clients]
    mistakes += ['%s: %s %s is not what package.json has' % (name, *client) for name, clients in told.items() for client in sorted(clients - pinned)]
    return mistakes + ['%s %s is told by no provider' % client for client in sorted(pinned - set().union(*told.values()))]


def check_texts(proofs):
    return ['%s: %s of what?' % (name, witness) for name, proof in proofs.items() for witness, what in proof.items() if not what and witness != 'emulator']


def main():
    tap = Tap()
    proofs = read_proofs()
    tap.report('emulators', check_emulators(proofs))
    tap.report('documents', check_documents(proofs))
    tap.report('clients', check_clients(proofs))
    tap.report('each witness but the emulator is named', check_texts(proofs))
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
