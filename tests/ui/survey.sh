#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# survey.sh BUILD SOURCE [--pseudo | --rtl | --large-text | --focus] [SCENE]
# The survey of every page and window (survey.c) on a home filled with providers and rehearsed jobs; with --pseudo in a
# language made up for it. To be run by run-ui-test.sh.
set -eu
build=$1
source=$2
shift 2
"$build/tests/ui/seed-workspace" >&2
if [ "${1:-}" = --pseudo ]; then
  # No language of this name exists, so that the toolkit's own texts stay as they are.
  messages=$HOME/locale/xx/LC_MESSAGES
  mkdir -p "$messages"
  "$source/tests/make-pot.sh" "$source" "$HOME/stoker.pot"
  /usr/bin/python3 "$(dirname "$0")/pseudo-po.py" "$HOME/stoker.pot" "$HOME/xx.po"
  msgfmt --output-file="$messages/stoker.mo" "$HOME/xx.po"
  export STOKER_LOCALE_DIR=$HOME/locale LANGUAGE=xx
fi
exec "$build/tests/ui/survey" "$@"
