#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-coverage.py CASE…: that each step of each manifest was sent to an emulator, by what the emulators of test-provider-operations and test-provider-matrix have kept.
A step that sends the same as another, but for what it is filled in with, counts as seen with it."""

import glob
import json
import os
import re
import sys
import urllib.parse

from document_subjects import ROOT
from recorder import read_records
from subject import list_steps
from tap import Tap

NAME = re.compile(r'\$\{([^}]*)\}')
# What no test can see, and why.
UNSEEN = {}


def read_json(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as file:
        return json.load(file)


def list_operations(connector):
    yield 'auth', connector['auth'].get('steps', [])
    for member in ('operations', 'actions'):
        for name, operation in connector.get(member, {}).items():
            yield name, operation['steps']


def make_pattern(url, connector, addresses):
    """What the path of a request looks like at the emulator; None for an address that the provider has told."""
    for name, template in connector['bases'].items():
        url = url.replace('${base.%s}' % name, template)
    pattern, parts = '', NAME.split(url)
    for index, part in enumerate(parts):
        field = re.match(r'config\.(\w+)', part)
        if index % 2 == 0:
            pattern += re.escape(part)
        elif field is not None and field.group(1) in addresses:
            address = addresses[field.group(1)]
            pattern += re.escape(address if parts[index + 1:] != [''] and not parts[index + 1].startswith('/') else address.rstrip('/'))
        elif pattern == '':
            return None
        else:
            pattern += '.*' if part.startswith('+') else '[^/]*'
    return re.compile(pattern)


def list_literals(tree):
    """Names and values that are the same in each request."""
    return [(name, value) for name, value in (tree or {}).items() if isinstance(value, str) and '$' not in value]


def is_like(step, request):
    """Whether the request has in it what the step always says."""
    headers, query = request['headers'], dict(request['query'])
    form = dict(urllib.parse.parse_qsl(request['body'] or '')) if 'form' in step.get('body', {}) else {}
    return step.get('method', 'GET') == request['method'] and all(headers.get(name.lower()) == value for name, value in list_literals(step.get('headers'))) and \
        all(query.get(name) == value for name, value in list_literals(step.get('query'))) and \
        all(form.get(name) == value for name, value in list_literals(step.get('body', {}).get('form')))


class Coverage:
    """The steps of a provider that requests of its cases were made by."""

    def __init__(self, provider):
        self.provider = provider
        self.connector = read_json('resources', 'catalog', provider + '.json')['connector']
        self.steps = [(name, step) for name, steps in list_operations(self.connector) for step in list_steps(steps)]
        self.seen = set()

    def take(self, case, records):
        patterns = [make_pattern(step['url'], self.connector, case['addresses']) for _, step in self.steps]
        for record in records:
            request = record['request']
            alike = [index for index, (_, step) in enumerate(self.steps) if is_like(step, request)]
            found = [index for index in alike if patterns[index] is not None and patterns[index].fullmatch(request['path'])]
            # Nobody else asks there, so it is one of the addresses that were told.
            self.seen.update(found or [index for index in alike if patterns[index] is None])

    def find_unseen(self):
        texts = ['%s: %s %s' % (name, step.get('method', 'GET'), step['url']) for name, step in self.steps]
        return [text for index, text in enumerate(texts) if index not in self.seen and text not in UNSEEN.get(self.provider, {})]


def find_records(case):
    root = os.path.join(os.environ['STOKER_TEST_BUILD_ROOT'], 'records')
    return [record for prefix in ('operations', 'providers', 'prices') for folder in glob.glob(os.path.join(root, '%s-%s' % (prefix, case)))
            for record in read_records(folder)]


def main():
    tap, subjects, lacking = Tap(), {}, []
    for name in sys.argv[1:]:
        case, records = read_json('tests', 'connectors', 'providers', name + '.json'), find_records(name)
        lacking += [] if records else [name]
        subjects.setdefault(case['provider'], Coverage(case['provider'])).take(case, records)
    if len(lacking) == len(sys.argv) - 1:
        print('1..0 # SKIP the matrix was not run: meson test --suite matrix')
        return 0
    for name, subject in sorted(subjects.items()):
        tap.report('%s: %d steps' % (name, len(subject.steps)), subject.find_unseen())
    tap.report('each case was gone through', lacking)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
