#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what meson tests found: count-results.py LOG…

Reads the logs in JSON that meson writes. A test that speaks TAP counts once for each of its lines, any other counts
once; one that crashed or ran out of time counts as one failure more than it could report. Prints the names of failures and, as
its last line, "PASSED FAILED SKIPPED".
"""
import json
import pathlib
import re
import sys

TAP_LINE = re.compile(r'^(ok|not ok)\b(?: *\d+)?(?: *-)? *(.*?)(?:# *(SKIP|TODO)\b.*)?$', re.IGNORECASE)


def count_tap(output):
    """Returns the names of the TAP lines of output as (passed, failed, skipped)."""
    passed, failed, skipped = [], [], []
    for line in output.splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        verdict, name, directive = match.groups()
        if directive:
            skipped.append(name)
        elif verdict.lower() == 'ok':
            passed.append(name)
        else:
            failed.append(name)
    return passed, failed, skipped


def count_test(entry):
    """Returns how many (passed, failed, skipped) one meson test stands for."""
    passed, failed, skipped = count_tap(entry.get('stdout', ''))
    if entry['result'] in ('SKIP', 'IGNORED') and not skipped:
        skipped = [entry['name']]
    elif entry['result'] in ('OK', 'EXPECTEDFAIL') and not passed and not skipped:
        passed = [entry['name']]
    elif entry['result'] in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS') and not failed:
        failed = [entry['result'].lower()]
    for name in failed:
        print(f'FAILED {entry["name"]}: {name}')
    return len(passed), len(failed), len(skipped)


def main():
    totals = [0, 0, 0]
    for log in map(pathlib.Path, sys.argv[1:]):
        if not log.exists():
            print(f'FAILED {log}: no test was run')
            totals[1] += 1
            continue
        for line in log.read_text(encoding='utf-8', errors='replace').splitlines():
            for index, count in enumerate(count_test(json.loads(line))):
                totals[index] += count
    print(*totals)


main()
