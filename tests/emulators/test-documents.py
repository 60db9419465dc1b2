#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-documents.py OPERATIONS MATRIX [PROVIDER…]: holds every request that Stoker sends, and every answer of the emulators, against the vendors' own OpenAPI documents.
OPERATIONS is test-provider-operations, which does everything that a manifest can do, and MATRIX is test-provider-matrix, for what is refused and how jobs end badly; the
emulators keep a record meanwhile. The documents may not be shipped: they are looked for in the folder named by STOKER_SHARED, else in ../shared beside the source;
without them the test is skipped."""

import concurrent.futures
import sys

from document_subjects import SUBJECTS, is_typed
from subject import Subject, find_lack
from tap import Tap


def main():
    lack = find_lack()
    if lack is not None:
        print('1..0 # SKIP ' + lack)
        return 0
    tap = Tap()
    # They wait more than they work.
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for subject in pool.map(lambda name: Subject(name).run(sys.argv[1:3]), sys.argv[3:] or sorted(name for name in SUBJECTS if not is_typed(SUBJECTS[name]))):
            subject.check(tap)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
