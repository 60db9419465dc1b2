/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-locale.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

/* Where a program that is not installed finds its translations. */
#define LOCALE_DIR_VARIABLE "STOKER_LOCALE_DIR"

/**
 * stoker_locale_init:
 *
 * Makes the program speak the user's language. To be called once, before anything is said.
 */
void
stoker_locale_init (void)
{
  const char *folder = g_getenv (LOCALE_DIR_VARIABLE);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
