#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalog says a connector was proved by is what the tests have: a case and an emulator, the same documents, the same clients of the same versions, and the
vectors. A witness that no test has is refused, and so is a test that the catalog is silent about."""

import glob
import json
import os
import re
import sys

from document_subjects import ROOT, SPECS, SUBJECTS, is_typed, load_tree
from tap import Tap

CLIENT = re.compile(r'(@?[a-z][a-z0-9./-]*) (\d+\.\d+\.\d+)')
IMPORT = re.compile(r"^import .* from '((?:@[\w-]+/)?[a-z][\w-]*)(?:/[^']*)?';$", re.MULTILINE)
AGAINST = re.compile(r'^// Against: (.*)$', re.MULTILINE)
# Which tests go through the vectors that a line of the catalog names.
VECTORS = {'aws-ec2': {'sigv4', 'aws-requests', 'aws-answers'}, 'aws-sagemaker': {'sigv4', 'aws-requests'}, 'google-cloud': {'jwt'}}
WITNESSES = {'emulator', 'official-document', 'official-client', 'vectors'}


def read_text(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as file:
        return file.read()


def read_json(*path):
    return json.loads(read_text(*path))


def find_named(folder, suffix):
    """The files of that ending, by their names without it."""
    return {os.path.basename(path)[:-len(suffix)]: path for path in sorted(glob.glob(os.path.join(ROOT, *folder, '*' + suffix)))}


def read_proofs():
    """Provider → witness → what it was."""
    documents = [read_json(path) for path in find_named(('resources', 'catalog'), '.json').values()]
    return {document['id']: {entry.partition(': ')[0]: entry.partition(': ')[2] for entry in document['proved']} for document in documents}


def list_spoken():
    """The providers that the engine speaks to."""
    documents = [read_json(path) for path in find_named(('resources', 'catalog'), '.json').values()]
    return {document['id'] for document in documents if (document.get('connector') or {}).get('class') == 'http'}


def list_tests(*folder):
    """What stands between quotes in the meson.build there."""
    return set(re.findall(r"'([\w-]+)'", read_text('tests', *folder, 'meson.build')))


def differ(proofs, witness, known, what):
    told = {name for name, proof in proofs.items() if witness in proof}
    return ['%s: "%s" is told, and no test has %s of it' % (name, witness, what) for name in sorted(told - known)] + \
        ['%s: a test has %s of it, and "%s" is not told' % (name, what, witness) for name in sorted(known - told)]


def check_witnesses(proofs):
    mistakes = ['%s: no test knows a witness "%s"' % (name, witness) for name, proof in proofs.items() for witness in sorted(set(proof) - WITNESSES)]
    return mistakes + ['%s: nothing proves its connector' % name for name in sorted(list_spoken()) if not proofs[name]]


def check_emulators(proofs):
    cases = {name: read_json(path)['provider'] for name, path in find_named(('tests', 'connectors', 'providers'), '.json').items()}
    emulators = {name.replace('_', '-') for name in find_named(('tests', 'emulators', 'providers'), '.py')}
    mistakes = ['%s.json: no test goes through this case' % name for name in sorted(set(cases) - list_tests('connectors'))]
    mistakes += ['%s.json: there is no emulator of %s' % (name, provider) for name, provider in cases.items() if provider not in emulators]
    return mistakes + differ(proofs, 'emulator', set(cases.values()), 'a case')


def check_documents(proofs):
    mistakes = differ(proofs, 'official-document', set(SUBJECTS), 'a document')
    for name in sorted(set(SUBJECTS) & set(proofs)):
        if os.path.isdir(SPECS) and not is_typed(SUBJECTS[name]):
            about = load_tree(SUBJECTS[name]['document'])['info']
            if '%s %s' % (about['title'], about['version']) not in proofs[name].get('official-document', ''):
                mistakes.append('%s: the document is called %s %s' % (name, about['title'], about['version']))
    return mistakes


def read_contracts():
    """Provider → the packages that contracts have tried against its emulator."""
    tried = {}
    for path in find_named(('tests', 'emulators', 'contracts'), '.mjs').values():
        script = read_text(path)
        for name in [name for line in AGAINST.findall(script) for name in line.split(', ')]:
            tried.setdefault(name, set()).update(IMPORT.findall(script))
    return tried


def check_contracts():
    """Each script says against whom it is, and is run."""
    run = list_tests('emulators')
    scripts = {name: read_text(path) for name, path in find_named(('tests', 'emulators', 'contracts'), '.mjs').items() if name != 'harness'}
    return ['%s.mjs: no test runs it' % name for name in scripts if name not in run] + \
        ['%s.mjs: does not say against whom it is' % name for name, script in scripts.items() if not AGAINST.search(script)]


def check_clients(proofs):
    versions = read_json('tests', 'emulators', 'contracts', 'package.json')['dependencies']
    tried = read_contracts()
    mistakes = differ(proofs, 'official-client', set(tried), 'a contract')
    for name in sorted(set(tried) & set(proofs)):
        told = set(CLIENT.findall(proofs[name].get('official-client', '')))
        wanted = {(package, versions[package]) for package in tried[name]}
        mistakes += ['%s: %s %s is told, and no contract of this version is tried' % (name, *client) for client in sorted(told - wanted)]
        mistakes += ['%s: %s %s is tried, and not told' % (name, *client) for client in sorted(wanted - told)]
    return mistakes + ['%s is installed for nobody' % package for package in sorted(set(versions) - set().union(*tried.values()))]


def check_vectors(proofs):
    tests = list_tests('net') | list_tests('engine')
    return differ(proofs, 'vectors', set(VECTORS), 'vectors') + \
        ['%s: the test %s is not there' % (name, test) for name, needed in VECTORS.items() for test in sorted(needed - tests)]


def check_texts(proofs):
    return ['%s: %s of what?' % (name, witness) for name, proof in proofs.items() for witness, what in proof.items() if not what and witness != 'emulator']


def main():
    tap = Tap()
    proofs = read_proofs()
    tap.report('each witness is one that the tests have', check_witnesses(proofs))
    tap.report('emulators', check_emulators(proofs))
    tap.report('documents', check_documents(proofs))
    tap.report('contracts', check_contracts())
    tap.report('clients', check_clients(proofs))
    tap.report('vectors', check_vectors(proofs))
    tap.report('each witness but the emulator is named', check_texts(proofs))
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
