#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""For screenshots.sh: STOKER_DRIVE=tests/ui/open-comparison.py … advisor pictures the comparison of the advice."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import uidrive  # noqa: E402

uidrive.press(uidrive.find(uidrive.application('io.github.stokerapp.Stoker'), 'push button', 'Compare'))
