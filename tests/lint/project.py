# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the project, the layers they belong to, and the waivers."""
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.').resolve()
BUILD = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / 'build').resolve()
WAIVERS = 'tests/lint/waivers.txt'
FIXTURES = 'tests/lint/fixtures/'


def _tracked_files():
    """Asks git, which knows what is ignored; returns None where there is no repository."""
    command = ['git', '-C', str(ROOT), '-c', f'safe.directory={ROOT}', 'ls-files', '-co', '--exclude-standard', '-z']
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return [name for name in done.stdout.decode().split('\0') if name]


def _walked_files():
    names = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name != '.git' and not name.startswith('build') and name != '__pycache__']
        names += [str(pathlib.Path(folder, name).relative_to(ROOT)) for name in files]
    return names


def files(*suffixes, under=''):
    """Returns the sorted names, relative to the root, of files that end in one of suffixes."""
    names = _tracked_files()
    if names is None:
        names = _walked_files()
    return sorted(
        name for name in names
        if name.startswith(under) and (not suffixes or name.endswith(suffixes)) and (ROOT / name).is_file()
    )


def c_files():
    """Returns the C sources and headers of the program and its tests."""
    return [name for name in files('.c', '.h') if name.startswith(('src/', 'tests/')) and not name.startswith(FIXTURES)]


def read(name):
    """Returns the text of a file of the project."""
    return (ROOT / name).read_text(encoding='utf-8')


def layer_of(name):
    """Returns the layer a file of src/ is in: its folder, and for connectors the folder below as well."""
    parts = name.split('/')
    if parts[0] != 'src' or len(parts) < 3:
        return ''
    if parts[1] == 'connectors' and len(parts) > 3:
        return f'connectors/{parts[2]}'
    return parts[1]


class Waivers:
    """Lines `FILE RULE NAME` for mistakes that are meant. One that no longer names a mistake is a mistake itself."""

    def __init__(self, rules):
        self.unused = set()
        for line in (read(WAIVERS).splitlines() if (ROOT / WAIVERS).exists() else []):
            words = line.split('#')[0].split()
            if len(words) == 3 and words[1] in rules:
                self.unused.add(tuple(words))
            elif words and len(words) != 3:
                raise SystemExit(f'{WAIVERS}: "{line}" is not FILE RULE NAME')
        self.known = set(self.unused)

    def cover(self, name, rule, what):
        """Returns whether this mistake is waived."""
        self.unused.discard((name, rule, what))
        return (name, rule, what) in self.known

    def mistakes(self):
        """Returns a mistake for each waiver that was not needed."""
        return [f'{WAIVERS}: {" ".join(waiver)} is no longer needed: take it out' for waiver in sorted(self.unused)]


def compile_commands():
    """Returns the compiler's arguments for each C file of the project, without those about its input and output."""
    commands = {}
    for entry in json.loads((BUILD / 'compile_commands.json').read_text(encoding='utf-8')):
        source = pathlib.Path(entry['directory'], entry['file']).resolve()
        try:
            name = str(source.relative_to(ROOT))
        except ValueError:
            continue
        if name.startswith('src/') and name.endswith('.c'):
            commands[name] = (_without_files(entry), entry['directory'])
    return commands


def _without_files(entry):
    kept, skip_next = [], False
    for word in shlex.split(entry['command']):
        if skip_next:
            skip_next = False
        elif word in ('-o', '-MF', '-MQ', '-MT'):
            skip_next = True
        elif word not in ('-c', '-MD', '-MMD', entry['file']):
            kept.append(word)
    # The compiler's launcher (ccache) stays; sanitizers and optimisation say nothing about syntax.
    return [word for word in kept if not word.startswith(('-fsanitize', '-O'))]


def compiles(command, text):
    """Returns the compiler's complaint about a C text, or an empty string when it takes it."""
    arguments, directory = command
    done = subprocess.run(
        [*arguments, '-fsyntax-only', '-Werror', '-x', 'c', '-'],
        input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=directory, check=False,
        env={**os.environ, 'LC_ALL': 'C.UTF-8'},
    )
    return '' if done.returncode == 0 else done.stdout.decode(errors='replace') or f'exit status {done.returncode}'
