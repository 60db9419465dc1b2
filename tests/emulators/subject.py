# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider, its manifest and its document, and exchanges held against them."""

import collections
import glob
import json
import os
import re
import subprocess
import tempfile

from document_subjects import ROOT, SPECS, SUBJECTS, is_typed, load_tree
from recorder import read_records

NAME = re.compile(r'\$\{([^}]*)\}')


def read_json(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as file:
        return json.load(file)


def find_cases(provider):
    """The cases of the matrix that are of this provider."""
    cases = {}
    for path in sorted(glob.glob(os.path.join(ROOT, 'tests', 'connectors', 'providers', '*.json'))):
        case = read_json(path)
        if case['provider'] == provider:
            cases[os.path.splitext(os.path.basename(path))[0]] = case
    return cases


def run_and_record(folder, program, arguments):
    """Whether it ran well; what its emulators saw and said is in the folder then."""
    done = subprocess.run([program] + arguments, env=dict(os.environ, STOKER_EMULATOR_RECORD=folder), capture_output=True, text=True, check=False, timeout=250)
    if done.returncode != 0:
        print('# ' + '\n# '.join(line for line in (done.stdout + done.stderr).splitlines() if 'DEBUG' not in line))
    return done.returncode == 0


def record_everything(operations, matrix, cases):
    """All that the manifest can do, then what is refused and how jobs end badly."""
    parts = [argument for case in cases for part in ('refusals', 'endings') for argument in ('-p', '/providers/%s/%s' % (case, part))]
    with tempfile.TemporaryDirectory() as folder:
        ran = run_and_record(folder, operations, cases) and run_and_record(folder, matrix, cases + parts)
        return ran, read_records(folder)


def list_steps(steps):
    """All steps that send something, also those within others."""
    for step in steps:
        if 'url' in step:
            yield step
        yield from list_steps(step.get('steps', []))
        yield from list_steps(step.get('each', {}).get('undo', []))


def open_document(known):
    """The document, and the servers that it is about."""
    name = known['document']
    if is_typed(known):
        from clients import install_clients
        from typed_document import TypedDocument
        with open(os.path.join(SPECS, name), encoding='utf-8') as file:
            return TypedDocument(file.read(), os.path.join(install_clients(), 'node_modules', '.bin', 'tsc')), known['servers']
    from document import Document
    tree = load_tree(name)
    return Document(tree, known.get('amend', [])), tree['servers']


class Base:
    """One of a manifest's addresses: where the emulator has it, and where the document."""

    def __init__(self, name, template, addresses, servers):
        field, real = re.fullmatch(r'\$\{config\.(\w+)\|(.*)\}', template).groups()
        self.name = name
        self.emulated = addresses[field].rstrip('/')
        self.documented = None
        for server in servers:
            if (real.rstrip('/') + '/').startswith(server['url'].rstrip('/') + '/'):
                self.documented = real.rstrip('/')[len(server['url'].rstrip('/')):]

    def find_rest(self, path):
        return path[len(self.emulated):] if path.startswith(self.emulated + '/') else None

    def find_documented(self, path):
        """The path as the document has it; None when it has none."""
        rest = self.find_rest(path)
        return self.documented + rest if self.documented is not None and rest is not None else None


class Subject:
    """A provider: its manifest, its document, and what was recorded."""

    def __init__(self, name):
        self.name = name
        self.known = SUBJECTS[name]
        self.document, servers = open_document(self.known)
        self.manifest = read_json('resources', 'catalog', name + '.json')['connector']
        self.cases = find_cases(name)
        addresses = next(iter(self.cases.values()))['addresses']
        self.bases = [Base(base, template, addresses, servers) for base, template in self.manifest['bases'].items()]
        self.ran, self.records = True, []

    def run(self, programs):
        """Does everything that the manifest can do, and keeps it."""
        ran, records = record_everything(*programs, list(self.cases))
        self.take_records(records)
        self.ran = ran
        return self

    def take_records(self, records):
        self.records = records
        found = [(self.find_operation(record['request'])[0], record) for record in self.records]
        self.document.prepare([(operation, record) for operation, record in found if operation is not None])

    def find_operation(self, request):
        paths = [path for path in (base.find_documented(request['path']) for base in self.bases) if path is not None]
        return self.document.find(request['method'], paths[0]) if paths else (None, [])

    def check(self, tap):
        tap.report('%s: everything that the manifest can do' % self.name, [] if self.ran else ['a program failed'])
        seen, mistakes, outside = collections.defaultdict(collections.Counter), collections.defaultdict(list), collections.Counter()
        for record in self.records:
            self.check_record(record, seen, mistakes, outside)
        for name in sorted(set(seen) | set(mistakes)):
            counts = ', '.join('%d × %s' % (times, status) for status, times in sorted(seen[name].items()))
            tap.report('%s: %s: %d requests and their answers (%s)' % (self.name, name, sum(seen[name].values()), counts), mistakes[name])
        count = sum(sum(counts.values()) for counts in seen.values())
        print('# %s: %d requests and %d answers in %d operations of the document' % (self.name, count, count, len(seen)))
        for reason, times in sorted(outside.items()):
            print('# %s: %d requests are not checked: %s' % (self.name, times, reason))
        for status, reason in sorted(self.known.get('refusals', {}).items()):
            print('# %s: answers of status %d are not checked: %s' % (self.name, status, reason))
        for pointer, members, reason in self.known.get('amend', []):
            print('# %s: %s: %s is not as the document has it: %s' % (self.name, pointer, ', '.join(members.get('properties', members)), reason))
        tap.report('%s: each step of the manifest was seen' % self.name, self.find_unseen())

    def find_wrong_answers(self):
        """Of the emulator to a client that is not ours, whose requests are its own affair."""
        wrong = []
        for record in self.records:
            operation, _ = self.find_operation(record['request'])
            if operation is not None and record['fault'] == 'none':
                wrong += ['%s: %d: %s' % (operation.name, record['answer']['status'], mistake) for mistake in self.check_answer(operation, record['answer'])]
        return wrong

    def check_answer(self, operation, answer):
        if not operation.tells_of(answer['status']) and answer['status'] in self.known.get('refusals', {}):
            return []
        return operation.check_answer(answer)

    def check_record(self, record, seen, mistakes, outside):
        request, answer = record['request'], record['answer']
        excuse = self.find_excuse(request['method'], request['path'])
        if excuse is not None:
            outside[excuse] += 1
            return
        operation, values = self.find_operation(request)
        if operation is None:
            mistakes['not in the document'].append('%s %s' % (request['method'], request['path']))
            return
        seen[operation.name][answer['status']] += 1
        mistakes[operation.name] += ['request: ' + mistake for mistake in operation.check_request(request, values)]
        mistakes[operation.name] += ['%d: %s' % (answer['status'], mistake) for mistake in self.check_answer(operation, answer)]

    def find_excuse(self, method, path):
        """Why the document does not tell of a request; reasons are kept by the path at the emulator."""
        for pattern, reason in self.known.get('without', {}).items():
            if re.match(pattern, '%s %s' % (method, path)):
                return reason
        return None

    def find_unseen(self):
        unseen = []
        operations = list(self.manifest['operations'].items()) + list(self.manifest.get('actions', {}).items())
        for name, operation in operations:
            for step in list_steps(operation['steps']):
                text = '%s %s' % (step.get('method', 'GET'), step['url'])
                if text not in self.known.get('unseen', {}) and not self.is_seen(step):
                    unseen.append('%s: %s' % (name, text))
        return unseen

    def is_seen(self, step):
        base = next((base for base in self.bases if step['url'].startswith('${base.%s}' % base.name)), None)
        if base is None:
            return step['url'] in self.known.get('addresses', {})
        rest = step['url'][len('${base.%s}' % base.name):]
        parts = NAME.split(rest)
        pattern = ''.join(('.+' if part.startswith('+') else '[^/]+') if index % 2 else re.escape(part) for index, part in enumerate(parts))
        return any(record['request']['method'] == step.get('method', 'GET') and re.fullmatch(pattern, base.find_rest(record['request']['path']) or '')
                   for record in self.records)


def find_lack():
    if not os.path.isdir(SPECS):
        return "the vendors' documents are not here; STOKER_SHARED names the folder that has specs/"
    try:
        import jsonschema  # noqa: F401
        import yaml  # noqa: F401
    except ImportError as error:
        return 'python3-jsonschema and python3-yaml are needed: %s' % error
    return None
