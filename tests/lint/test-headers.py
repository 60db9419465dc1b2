#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header compiles alone, with the arguments of its own layer: test-headers.py SOURCE_ROOT BUILD_ROOT"""
import pathlib
from concurrent.futures import ThreadPoolExecutor

import project
from tap import Report


def main():
    report = Report()
    commands = {}
    for name, command in project.compile_commands().items():
        # The deepest folder with a source decides; a layer's first source stands in for its other folders.
        commands.setdefault(str(pathlib.PurePath(name).parent), command)
        commands.setdefault(f'src/{project.layer_of(name)}', command)

    def complaint(name):
        folder = str(pathlib.PurePath(name).parent)
        command = commands.get(folder) or commands.get(f'src/{project.layer_of(name)}')
        if command is None:
            return None
        return project.compiles(command, f'#include "{project.ROOT / name}"\nint unused;\n')

    names = project.files('.h', under='src/')
    with ThreadPoolExecutor(2) as pool:
        complaints = dict(zip(names, pool.map(complaint, names)))
    for layer in sorted({project.layer_of(name) for name in names}):
        own = [name for name in names if project.layer_of(name) == layer]
        if any(complaints[name] is None for name in own):
            report.skip(f'headers of {layer}', 'the layer has no source yet')
        else:
            wrong = [f'{name}: {complaints[name].splitlines()[0]}' for name in own if complaints[name]]
            report.check(f'headers of {layer}', wrong)
    report.finish()


main()
