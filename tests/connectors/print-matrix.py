#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""print-matrix.py CASE…: the table of all cells, when test-provider-matrix has gone through the cases. A cell says what came of the operation under the fault, and
after how many requests. Each of them was held against the state of the job, the message, the number of tries and of jobs made, and secrets in what was said or logged."""

import os
import sys

LEAST_CELLS = 400


def read_table(folder, case):
    """Head and rows of a case; no rows when the test that writes them did not come to its end."""
    try:
        with open(os.path.join(folder, case), encoding='utf-8') as file:
            lines = [line.rstrip('\n').split('\t') for line in file]
    except FileNotFoundError:
        return [], []
    return lines[0], lines[1:]


def print_table(lines):
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        print('# ' + ' | '.join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


def main():
    folder = os.path.join(os.environ['STOKER_TEST_BUILD_ROOT'], 'matrix')
    cases = sys.argv[1:]
    tables = {case: read_table(folder, case) for case in cases}
    lacking = [case for case in cases if not tables[case][1]]
    if lacking == cases:
        print('1..0 # SKIP the matrix was not run: meson test --suite matrix')
        return 0
    rows = [row for case in cases for row in tables[case][1]]
    cells = sum(len(row) - 2 for row in rows)
    print_table([next(head for head, _ in tables.values() if head)] + rows)
    print('# %d cells: %d cases, %d rows' % (cells, len(cases) - len(lacking), len(rows)))
    for case in lacking:
        print('# %s did not come to its end' % case)
    print('%s 1 every case has its rows' % ('not ok' if lacking else 'ok'))
    print('%s 2 at least %d cells' % ('ok' if cells >= LEAST_CELLS else 'not ok', LEAST_CELLS))
    print('1..2')
    return 1 if lacking or cells < LEAST_CELLS else 0


if __name__ == '__main__':
    sys.exit(main())
