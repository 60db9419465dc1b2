#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in names every file with text for people, and no other: test-potfiles.py SOURCE_ROOT BUILD_ROOT"""
import project
from csource import Source
from tap import Report

MARKS = {'_', 'N_', 'C_', 'NC_', 'ngettext', 'g_dngettext', 'g_dpgettext2'}


def has_text(name):
    """Returns whether a translator has something to do in this file."""
    if name.endswith('.c'):
        return any(call in MARKS for call, _line in Source(project.read(name)).calls())
    if name.endswith('.ui'):
        return any(mark in project.read(name) for mark in ('translatable="yes"', 'translatable="true"', 'translatable="1"'))
    return name.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml', 'catalog.pot'))


def main():
    report = Report()
    lines = project.read('po/POTFILES.in').splitlines()
    listed = [line.strip() for line in lines if line.strip() and not line.startswith('#')]
    candidates = project.files('.c', '.ui', under='src/') + project.files('.ui', under='resources/') + project.files(under='data/') + project.files('.pot', under='po/')
    needed = {name for name in candidates if has_text(name)}
    report.check('nothing is missing', [f'{name} is missing' for name in sorted(needed - set(listed))])
    report.check('nothing is superfluous', [f'{name} has no text' for name in sorted(set(listed) - needed)])
    report.check('sorted, once each', [] if listed == sorted(set(listed)) else ['run: LC_ALL=C sort -u'])
    report.finish()


main()
