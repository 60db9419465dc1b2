#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No key that could be real, and no trace of somebody's desk, is in any file: test-secrets.py SOURCE_ROOT BUILD_ROOT

What looks like a key and says that it is none ("test", "example", "fake", "dummy") may stay.
"""
import re

import project
from tap import Report

KEYS = {
    'RunPod': r'rpa_[A-Za-z0-9]{20,}',
    'Replicate': r'r8_[A-Za-z0-9]{20,}',
    'Hugging Face': r'hf_[A-Za-z0-9]{30,}',
    'AWS': r'\b(?:AKIA|ASIA)[A-Z0-9]{16}\b',
    'Google': r'\bAIza[A-Za-z0-9_-]{35}\b',
    'Luma': r'luma-[a-f0-9-]{36,}',
    'Runway': r'key_[a-f0-9]{64,}',
    'Modal': r'\ba[ks]-[A-Za-z0-9]{22,}\b',
    'fal': r'\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{32}\b',
    'Stability': r'\bsk-[A-Za-z0-9]{40,}',
    'GitHub': r'\bgh[pousr]_[A-Za-z0-9]{30,}',
    'private key': r'-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\s|\\+[nr])+[A-Za-z0-9+/=]{20,}',
}
HARMLESS = re.compile(r'test|example|fake|dummy', re.IGNORECASE)

# Written backwards, so that this file is not its own finding.
TRACES = [word[::-1] for word in ('edualc', 'ciporhtna', 'tpgtahc', 'tolipoc', 'xedoc', 'inimeg', 'mll')]
PATHS = {
    'a path of one computer': r'(?<![\w./-])/(?:work(?![\w-])|home/(?!me/|user/)\w+/)',
    'a path beside the source': r'\.\./' + 'shared',
}

# Texts that somebody else wrote, word for word.
VERBATIM = ('LICENSE', 'resources/catalog/')


def texts():
    """Yields the name and the content of each text file."""
    for name in project.files():
        content = (project.ROOT / name).read_bytes()
        if b'\0' not in content[:8192]:
            yield name, content.decode('utf-8', errors='replace')


def line_of(text, match):
    return text.count('\n', 0, match.start()) + 1


def key_mistakes(name, text):
    """Returns what looks like a key; the key itself is not repeated."""
    for kind, pattern in KEYS.items():
        for match in re.finditer(pattern, text):
            if not HARMLESS.search(match.group()):
                yield f'{name}:{line_of(text, match)}: looks like a key of {kind}'


def trace_mistakes(name, text):
    """Returns words and paths that say where and how a file was made."""
    if not name.startswith(VERBATIM):
        for match in re.finditer(r'\b(?:' + '|'.join(TRACES) + r')\b', text, re.IGNORECASE):
            yield f'{name}:{line_of(text, match)}: {match.group()}'
    for what, pattern in PATHS.items():
        for match in re.finditer(pattern, text):
            if not (name.startswith('tests/') and what == 'a path beside the source'):
                yield f'{name}:{line_of(text, match)}: {what}'


def main():
    report = Report()
    keys, traces = [], []
    for name, text in texts():
        keys += key_mistakes(name, text)
        traces += trace_mistakes(name, text)
    report.check('keys', keys)
    report.check('traces', traces)
    probe = 'rpa_' + 'Q' * 32
    report.check('the scan finds a key', [] if list(key_mistakes('probe', probe)) else ['it does not'])
    report.check('the scan passes a test key', list(key_mistakes('probe', 'rpa_test' + 'Q' * 32)))
    report.finish()


main()
