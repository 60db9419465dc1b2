#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""For screenshots.sh: STOKER_DRIVE=tests/ui/write-prompt.py … advisor pictures the advice on something that can be sent."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import uidrive  # noqa: E402
from acceptance import fill  # noqa: E402

fill(uidrive.application('io.github.stokerapp.Stoker'), 'Prompt', 'a lighthouse at dusk')
