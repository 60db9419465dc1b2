#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the rules for C find what they are for: test-fixtures.py SOURCE_ROOT BUILD_ROOT

Each file in fixtures/ says which mistakes it must produce, one a comment: `expect: RULE WHAT`. A comment `as: PATH` says where
the file pretends to lie. A file without an `expect` must be faultless.
"""
import re

import project
import rules
from csource import Source
from tap import Report

HEADERS = {
    'stoker-money.h': 'base',
    'stoker-advisor.h': 'advisor',
    'stoker-store.h': 'store',
    'stoker-ssh-connector.h': 'connectors/ssh',
    'stoker-http-connector.h': 'connectors/http',
    'stoker-job-private.h': 'core',
}


def found_in(name, source):
    """Returns the mistakes the rules find, as (rule, what)."""
    found = []
    found += rules.check_sizes(name, source)
    found += rules.check_words(name, source)
    found += rules.check_includes(name, source)
    found += rules.check_headers_seen(name, source, HEADERS)
    found += rules.check_name(name)
    found += rules.check_provider_ids(name, source, {'runpod', 'docker', 'modal'}, {'docker'})
    return {(rule, what) for rule, what, _line, _message in found if rule not in rules.waived_rules(source)}


def main():
    report = Report()
    for name in project.files('.c', '.h', under=project.FIXTURES):
        text = project.read(name)
        pretended = re.search(r'as: (\S+)', text)
        expected = set(re.findall(r'expect: (\S+) (\S+)', text))
        found = found_in(pretended[1] if pretended else name, Source(text))
        report.check(name, [
            *(f'not found: {" ".join(mistake)}' for mistake in sorted(expected - found)),
            *(f'not expected: {" ".join(mistake)}' for mistake in sorted(found - expected)),
        ])
    report.finish()


main()
