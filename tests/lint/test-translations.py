#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language has every text, and its directives fit: test-translations.py SOURCE_ROOT BUILD_ROOT"""
import pathlib
import shutil
import subprocess
import tempfile

import project
from tap import Report

# As many as are worth reading in a failed test.
MAX_SHOWN = 5


def run(*command):
    """Returns what a command prints, its complaints included."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def messages(catalog, kind):
    """Returns the messages of a kind (untranslated, only-fuzzy) of a catalog."""
    _status, text = run('msgattrib', f'--{kind}', '--no-obsolete', '--no-wrap', str(catalog))
    return [line[6:] for line in text.splitlines() if line.startswith('msgid ') and line != 'msgid ""']


def mistakes(language, pot, folder):
    """Returns what is wrong with the translation into a language."""
    merged = folder / f'{language}.po'
    status, text = run('msgmerge', '--quiet', '--output-file', str(merged), str(project.ROOT / 'po' / f'{language}.po'), str(pot))
    if status:
        return text.splitlines()
    found = []
    for kind, word in (('untranslated', 'not translated'), ('only-fuzzy', 'to be looked at again')):
        missing = messages(merged, kind)
        found += [f'{language}: {word}: {message}' for message in missing[:MAX_SHOWN]]
        found += [f'{language}: and {len(missing) - MAX_SHOWN} more'] if len(missing) > MAX_SHOWN else []
    status, text = run('msgfmt', '--check', '--output-file=/dev/null', str(merged))
    return found + (text.splitlines() if status else [])


def main():
    report = Report()
    languages = [line.strip() for line in project.read('po/LINGUAS').splitlines() if line.strip() and not line.startswith('#')]
    if not shutil.which('msgattrib'):
        report.skip('translations', 'gettext is not there')
        report.finish()
    status, complaints = run(str(project.ROOT / 'po' / 'collect-catalog.py'), '--check')
    report.check('the texts of the catalog are collected', complaints.splitlines() if status else [])
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / 'stoker.pot'
        _status, complaints = run(str(project.ROOT / 'tests' / 'make-pot.sh'), str(project.ROOT), str(pot))
        report.check('texts can be collected', complaints.splitlines())
        for language in languages:
            report.check(f'complete: {language}', mistakes(language, pot, pathlib.Path(folder)))
    report.finish()


main()
