#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make-pot.sh SOURCE OUT
# Every text for people, as a template for translators. What `meson compile stoker-pot` does, but into a file of one's choice.
set -eu
xgettext --directory="$1" --files-from="$1/po/POTFILES.in" --from-code=UTF-8 --output="$2" --add-comments \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3 --keyword=ngettext:1,2 \
  --keyword=g_dpgettext2:2c,3 --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
  --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_set_error:4:c-format --flag=g_print:1:c-format
