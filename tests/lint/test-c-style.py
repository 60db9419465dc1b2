#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules for C that no compiler knows: test-c-style.py SOURCE_ROOT BUILD_ROOT

A waiver of a size is a comment with the reason at the place, `Waiver of nesting: …`, and a line in waivers.txt.
"""
import json
import pathlib

import project
import rules
from csource import Source
from tap import Report


def provider_ids():
    """Returns the ids of the shipped catalog that code must not know."""
    names = project.files('.json', under='resources/catalog/')
    return {pathlib.PurePath(name).stem for name in names} - {'local', 'simulated'}


def class_names():
    """Returns the names of connector classes; they are code."""
    names = {'http', 'simulated', 'local', 'comfyui', 'docker', 'ssh'}
    for name in project.files('.json', under='resources/catalog/'):
        connector = json.loads(project.read(name)).get('connector') or {}
        names.add(connector.get('class', 'http'))
    return names


def mistakes_of(name, source, headers, ids, classes):
    """Returns all mistakes in one file."""
    found = []
    found += rules.check_sizes(name, source)
    found += rules.check_words(name, source)
    found += rules.check_includes(name, source)
    found += rules.check_headers_seen(name, source, headers)
    found += rules.check_name(name)
    found += rules.check_provider_ids(name, source, ids, classes)
    return found


def main():
    waivers = project.Waivers(rules.WAIVABLE)
    headers = {
        pathlib.PurePath(name).name: str(pathlib.PurePath(name).parent)[len('src/'):]
        for name in project.files('.h', under='src/')
    }
    ids, classes = provider_ids(), class_names()
    by_rule = {}
    for name in project.c_files():
        source = Source(project.read(name))
        reasons = rules.waived_rules(source)
        for rule, what, line, message in mistakes_of(name, source, headers, ids, classes):
            if rule in reasons and waivers.cover(name, rule, what):
                continue
            by_rule.setdefault(rule, []).append(f'{name}:{line}: {what}: {message}')

    report = Report()
    names = ['word', 'call', 'include-path', 'library', 'private', 'layer', 'name', 'provider-id']
    for rule in [*rules.LIMITS, 'function-length-limit', 'source-length-limit', *names]:
        report.check(rule, by_rule.get(rule, []))
    report.check('waivers', waivers.mistakes())
    report.check('interface files', long_interfaces())
    report.finish()


def long_interfaces():
    """Returns the .ui files over their budget."""
    lengths = {name: len(project.read(name).splitlines()) for name in project.files('.ui')}
    return [f'{name}: {lines} lines, at most 400' for name, lines in lengths.items() if lines > 400]


main()
