#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""C is laid out by clang-format 14 and nobody else: test-format.py SOURCE_ROOT BUILD_ROOT"""
import re
import shutil
import subprocess

import project
from tap import Report


def formatter():
    """Returns a clang-format of version 14, the one that the configuration is for, or None."""
    for name in ('clang-format-14', 'clang-format'):
        program = shutil.which(name)
        if program and re.search(r'version 14\.', subprocess.check_output([program, '--version'], text=True)):
            return program
    return None


def main():
    report = Report()
    program = formatter()
    if program is None:
        report.skip('layout of C files', 'clang-format 14 is not installed')
        report.finish()
    done = subprocess.run(
        [program, '--dry-run', '-Werror', *project.c_files()],
        cwd=project.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )
    places = sorted(set(re.findall(r'^(\S+?:\d+):\d+: error', done.stderr, re.MULTILINE)))
    mistakes = places or ([done.stderr] if done.returncode else [])
    report.check('layout of C files', [f'{place}: run clang-format -i' for place in mistakes])
    report.finish()


main()
