# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results in the Test Anything Protocol."""

import collections

SHOWN = 6


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = False

    def report(self, name, mistakes=()):
        self.count += 1
        self.failed = self.failed or bool(mistakes)
        print('%sok %d %s' % ('not ' if mistakes else '', self.count, name))
        for mistake, times in list(collections.Counter(mistakes).items())[:SHOWN]:
            print('#   %s%s' % (mistake, ' (%d times)' % times if times > 1 else ''))

    def end(self):
        print('1..%d' % self.count)
        return 1 if self.failed else 0
