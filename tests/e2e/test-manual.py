#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual page tells what the program does: test-manual.py SOURCE_ROOT BUILD_ROOT

Every verb and every option that `--help` shows is explained in data/stoker.1, and the manual page promises no other.
"""
import os
import pathlib
import re
import subprocess
import sys

SOURCE, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
STOKER = BUILD / 'src' / 'program' / 'stoker'


def stoker(*arguments):
    """Returns what a call prints."""
    environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'GSETTINGS_SCHEMA_DIR': str(BUILD / 'data')}
    done = subprocess.run([STOKER, *arguments], env=environment, stdout=subprocess.PIPE, text=True, timeout=60, check=True)
    return done.stdout


def manual():
    """Returns the text of the section COMMANDS without its marks."""
    page = (SOURCE / 'data' / 'stoker.1').read_text(encoding='utf-8')
    section = page[page.index('.SH COMMANDS'):page.index('.SH EXIT STATUS')]
    lines = [re.sub(r'^\.[A-Z]+ ?', '', line) for line in section.splitlines()]
    return re.sub(r'\\f[BIRP]', '', '\n'.join(lines)).replace('\\-', '-')


def verbs():
    """Returns each verb with its action, as a list of words."""
    found = []
    for line in stoker('--help').splitlines():
        match = re.match(r'  stoker ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)\b', line)
        if match:
            found.append(match[1].split())
    return found


class Report:
    """Prints verdicts in the Test Anything Protocol."""

    def __init__(self):
        self.count = self.failures = 0

    def check(self, name, mistakes):
        self.count += 1
        self.failures += bool(mistakes)
        for mistake in mistakes:
            print(f'{name}: {mistake}', file=sys.stderr)
        print(f'{"not ok" if mistakes else "ok"} {self.count} - {name}', flush=True)


def main():
    report, text, known = Report(), manual(), verbs()
    options = set()
    for words in known:
        own = set(re.findall(r'--[a-z][a-z-]+', stoker(*words, '--help'))) - {'--help'}
        options |= own
        verb = ' '.join(words)
        missing = [] if re.search(rf'\b{verb}\b', text) else [verb]
        missing += [option for option in sorted(own) if not re.search(rf'{option}(?![a-z-])', text)]
        report.check(f'the manual page explains {verb}', [f'{what} is missing' for what in missing])
    promised = set(re.findall(r'(?<![\w-])--[a-z][a-z-]+', text)) - {'--help'}
    report.check('it promises no other option', [f'{option} does not exist' for option in sorted(promised - options)])
    heads = {words for line in text.splitlines() for words in re.findall(r'(?:^|, )([a-z]+(?: [a-z-]+)?)(?= [A-Z\[]|,|$)', line)}
    unknown = {head for head in heads if head.split()[0] in {words[0] for words in known} and head.split() not in known}
    report.check('it promises no other verb', [f'{head} does not exist' for head in sorted(unknown)])
    report.check('there are verbs', [] if len(known) > 10 else [f'only {len(known)}'])
    print(f'1..{report.count}')
    sys.exit(1 if report.failures else 0)


main()
