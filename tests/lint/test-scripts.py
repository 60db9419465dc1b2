#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts are sound: shellcheck for the shell, a compilation for Python: test-scripts.py SOURCE_ROOT BUILD_ROOT"""
import json
import re
import shutil
import subprocess

import project
from tap import Report


def shell_scripts():
    """Returns the files that begin like a script of the shell or are sourced by one."""
    names = []
    for name in project.files():
        if '.' in name.rsplit('/', 1)[-1] and not name.endswith('.sh'):
            continue
        start = (project.ROOT / name).read_bytes()[:64]
        if name.endswith('.sh') or re.match(rb'#!\s*/\S*/(env )?(ba)?sh\b', start):
            names.append(name)
    return names


# Functions that are called by their name, optional arguments and scripts in quotes look like mistakes to shellcheck.
EXCLUDED = 'SC2317,SC2119,SC2120,SC2016'


def shell_mistakes(names):
    """Returns the complaints of shellcheck."""
    done = subprocess.run(
        ['shellcheck', '-x', '-e', EXCLUDED, '-f', 'gcc', *names], cwd=project.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )
    return done.stdout.splitlines() or [f'exit status {done.returncode}'] if done.returncode else []


def carried_scripts(node):
    """Yields the shell scripts that the strings of a JSON document are, for machines elsewhere."""
    if isinstance(node, str) and node.startswith('#!/bin/'):
        yield node
    if isinstance(node, list):
        after_c = [b for a, b in zip(node, node[1:]) if a in ('-c', '-lc') and isinstance(b, str) and '\n' in b]
        yield from ('#!/bin/sh\n' + text for text in after_c)
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from carried_scripts(inner)


def fill_in(template):
    """Returns the script that a template becomes: the default of each name or a plain word, and one dollar for two."""
    return re.sub(r'\$\$|\$\{[^}|]*(?:\|([^}]*))?\}', lambda found: '$' if found[0] == '$$' else found[1] or 'value', template)


def carried_mistakes():
    """Returns the complaints of shellcheck about the scripts in the catalog; a name that was filled in makes a test of it constant."""
    mistakes = []
    for name in project.files('.json'):
        if not name.startswith('resources/catalog/'):
            continue
        for script in carried_scripts(json.loads(project.read(name))):
            done = subprocess.run(
                ['shellcheck', '-e', EXCLUDED + ',SC2157', '-f', 'gcc', '-'], input=fill_in(script), stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, check=False,
            )
            mistakes += [f'{name}: {line}' for line in done.stdout.splitlines()]
    return mistakes


def python_mistakes():
    """Returns the files that Python does not understand, and those that may find another Python first."""
    mistakes = []
    for name in project.files('.py'):
        text = project.read(name)
        try:
            compile(text, name, 'exec')
        except SyntaxError as error:
            mistakes.append(f'{name}:{error.lineno}: {error.msg}')
        if text.startswith('#!') and not text.startswith('#!/usr/bin/python3\n'):
            mistakes.append(f'{name}:1: begin with #!/usr/bin/python3')
    return mistakes


def main():
    report = Report()
    if shutil.which('shellcheck'):
        report.check('shell scripts', shell_mistakes(shell_scripts()))
        report.check('shell scripts in the catalog', carried_mistakes())
    else:
        report.skip('shell scripts', 'shellcheck is not installed')
        report.skip('shell scripts in the catalog', 'shellcheck is not installed')
    report.check('Python scripts', python_mistakes())
    report.finish()


main()
