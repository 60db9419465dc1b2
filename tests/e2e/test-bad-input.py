#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from outside are hostile: test-bad-input.py SOURCE_ROOT BUILD_ROOT

Gives each file of make-bad-input.py to the command that reads such files. The answer must be exit status 2, one line on standard error
that names the file, the place in it and the mistake, and nothing on standard output; the database must be what it was.
"""
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

SOURCE, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
STOKER = BUILD / 'src' / 'program' / 'stoker'
COMMANDS = {
    'advise': ['advise'],
    'catalog': ['catalog', 'validate'],
    'import': ['providers', 'import', '--replace'],
    'offers': ['offers', '--offers'],
    'workflow': ['submit', '--provider', 'local', '--workflow'],
}


class Session:
    """Stoker in a home of its own, with neither display nor session bus."""

    def __init__(self, folder):
        self.data = folder / 'data'
        self.environment = {
            'PATH': os.environ['PATH'],
            'HOME': str(folder),
            'XDG_DATA_HOME': str(self.data),
            'XDG_STATE_HOME': str(folder / 'state'),
            'XDG_CACHE_HOME': str(folder / 'cache'),
            'XDG_CONFIG_HOME': str(folder / 'config'),
            'XDG_RUNTIME_DIR': str(folder),
            'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent',
            'GSETTINGS_BACKEND': 'memory',
            'GSETTINGS_SCHEMA_DIR': str(BUILD / 'data'),
            'SECRET_BACKEND': 'file',
            'SECRET_FILE_TEST_PATH': str(folder / 'test.keyring'),
            'SECRET_FILE_TEST_PASSWORD': 'test-password',
            'LC_ALL': 'C.UTF-8',
        }
        for name, value in os.environ.items():
            if name.startswith(('ASAN_', 'LSAN_', 'UBSAN_', 'G_SLICE', 'STOKER_CHECK_RUN')):
                self.environment[name] = value
        # Hundreds of short runs: looking for leaks in each, with whole stacks, would take minutes. The other tests do.
        if 'ASAN_OPTIONS' in self.environment:
            self.environment['ASAN_OPTIONS'] += ':fast_unwind_on_malloc=1:detect_leaks=0'

    def run(self, *arguments):
        """Runs a command to its end."""
        return subprocess.run(
            [STOKER, *arguments], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            timeout=120, check=False,
        )

    def database(self):
        """Returns everything that the database holds."""
        path = self.data / 'stoker' / 'stoker.db'
        if not path.exists():
            return None
        connection = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()


def mistakes_of(done, case):
    """Returns what is wrong about the answer to a bad file."""
    error = done.stderr.decode('utf-8', errors='replace')
    name = pathlib.Path(case['file']).name
    place = re.compile(re.escape(name) + r'(?:: ?)?.*?' + case['where'])
    if done.returncode != 2:
        yield f'exit status {done.returncode}'
    if done.stdout:
        yield f'on standard output: {done.stdout[:200]!r}'
    if error.count('\n') != 1 or not error.endswith('\n'):
        yield f'not one line on standard error: {error[:400]!r}'
    elif not place.search(error):
        yield f'does not name {name} and {case["where"]}: {error.strip()[:400]}'
    elif len(error) > 2000 or re.search(r'[\x00-\x08\x0b-\x1f\x7f]', error):
        yield f'not fit for a terminal: {error[:400]!r}'


class Report:
    """Prints verdicts in the Test Anything Protocol."""

    def __init__(self):
        self.count = self.failures = 0

    def check(self, name, mistakes):
        mistakes = list(mistakes)
        self.count += 1
        self.failures += bool(mistakes)
        for mistake in mistakes:
            print(f'{name}: {mistake}', file=sys.stderr)
        print(f'{"not ok" if mistakes else "ok"} {self.count} - {name}', flush=True)


def check_good_files(report, session, folder):
    """The files that the bad ones were made from are taken."""
    for command, name in (('advise', 'workload'), ('catalog', 'my-cloud'), ('import', 'registry')):
        done = session.run(*COMMANDS[command], str(folder / f'{name}.json'))
        report.check(f'{command} takes {name}.json', [] if done.returncode == 0 else [done.stderr.decode(errors='replace')])


def check_bad_files(report, session, cases):
    """The bad ones are refused."""
    for case in cases:
        for command in COMMANDS if case['command'] == 'any' else [case['command']]:
            done = session.run(*COMMANDS[command], case['file'])
            report.check(f'{command} refuses {pathlib.Path(case["file"]).stem}', mistakes_of(done, case))


def check_bad_paths(report, session, folder):
    """So are things that are no readable file."""
    (folder / 'folder.json').mkdir()
    (folder / 'loop.json').symlink_to(folder / 'loop.json')
    for name in ('missing.json', 'folder.json', 'loop.json'):
        case = {'file': str(folder / name), 'where': ': '}
        for command, words in COMMANDS.items():
            report.check(f'{command} refuses {name}', mistakes_of(session.run(*words, case['file']), case))


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix='stoker-bad-input.') as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, SOURCE / 'tests' / 'e2e' / 'make-bad-input.py', SOURCE, folder], check=True)
        cases = json.loads((folder / 'cases.json').read_text(encoding='utf-8'))
        session = Session(folder / 'home')
        check_good_files(report, session, folder)
        if report.failures:
            sys.exit('Bail out! what is right is refused already')
        before = session.database()
        check_bad_files(report, session, cases)
        check_bad_paths(report, session, folder)
        report.check('the database is there', [] if before else ['the good import left none'])
        report.check('the database is unchanged', [] if session.database() == before else ['it is not'])
    print(f'1..{report.count}')
    sys.exit(1 if report.failures else 0)


main()
