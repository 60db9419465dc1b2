#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop reads is valid: test-data.py SOURCE_ROOT BUILD_ROOT"""
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import project
from tap import Report

ID = 'io.github.stokerapp.Stoker'


def run(report, what, *command):
    """Checks that a validator is content; skips without it."""
    if shutil.which(command[0]) is None:
        report.skip(what, f'{command[0]} is not installed')
        return
    done = subprocess.run(
        [str(word) for word in command], cwd=project.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        env={**os.environ, 'LC_ALL': 'C.UTF-8'},
    )
    report.check(what, done.stdout.splitlines() or [f'exit status {done.returncode}'] if done.returncode else [])


def icon_mistakes():
    """Icons are square, of the size of their grid, and free of anything to be fetched."""
    mistakes = []
    for name in project.files('.svg', under='data/icons/'):
        side = '16' if name.endswith('-symbolic.svg') else '128'
        root = ET.fromstring(project.read(name))
        if root.get('viewBox') != f'0 0 {side} {side}':
            mistakes.append(f'{name}: the grid is {side}')
        for element in root.iter():
            if element.tag.endswith(('}image', '}script', '}text')):
                mistakes.append(f'{name}: {element.tag} does not belong into an icon')
            if side == '16' and element.get('stroke'):
                mistakes.append(f'{name}: symbolic icons are recoloured by their fill, not by a stroke')
    return mistakes


def screenshot_mistakes():
    """The pictures that the metainfo shows are there, once there are any."""
    text = project.read(f'data/{ID}.metainfo.xml.in')
    wanted = re.findall(r'/(data/screenshots/[\w.-]+)</image>', text)
    return [f'{name} is missing' for name in wanted if not (project.ROOT / name).is_file()]


def main():
    report = Report()
    data = project.BUILD / 'data'
    run(report, 'desktop file', 'desktop-file-validate', data / f'{ID}.desktop')
    run(report, 'metainfo', 'appstreamcli', 'validate', '--no-net', data / f'{ID}.metainfo.xml')
    run(report, 'settings', 'glib-compile-schemas', '--strict', '--dry-run', 'data')
    run(report, 'manual page', 'man', '-l', '--warnings', '-Tutf8', '-P', 'cat', 'data/stoker.1')
    manifest = f'flatpak/{ID}.json'
    report.check('flatpak manifest names the application', [] if json.loads(project.read(manifest))['id'] == ID else [manifest])
    run(report, 'flatpak manifest', 'flatpak-builder', '--show-manifest', manifest)
    report.check('icons', icon_mistakes())
    if (project.ROOT / 'data' / 'screenshots').is_dir():
        report.check('screenshots', screenshot_mistakes())
    else:
        report.skip('screenshots', 'none was taken yet')
    report.finish()


main()
