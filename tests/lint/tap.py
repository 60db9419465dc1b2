# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol, as far as these checks need it."""
import sys


class Report:
    """Collects verdicts and prints them as they come."""

    def __init__(self):
        self.count = 0
        self.failures = 0

    def check(self, name, mistakes):
        """A check passes when its list of mistakes is empty; every mistake is shown."""
        self.count += 1
        for mistake in mistakes:
            print(mistake, file=sys.stderr)
        if mistakes:
            self.failures += 1
        print(f'{"not ok" if mistakes else "ok"} {self.count} - {name}', flush=True)

    def skip(self, name, reason):
        """Something that this system cannot check."""
        self.count += 1
        print(f'ok {self.count} - {name} # SKIP {reason}', flush=True)

    def finish(self):
        """Prints the plan and ends the program."""
        print(f'1..{self.count}')
        sys.exit(1 if self.failures else 0)
