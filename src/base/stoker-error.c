/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"

G_DEFINE_QUARK (stoker_error, stoker_error)

static const char *const code_names[] = {
  [STOKER_ERROR_AUTH] = "auth",           [STOKER_ERROR_FORBIDDEN] = "forbidden",
  [STOKER_ERROR_NOT_FOUND] = "not-found", [STOKER_ERROR_RATE_LIMITED] = "rate-limited",
  [STOKER_ERROR_QUOTA] = "quota",         [STOKER_ERROR_UNAVAILABLE] = "unavailable",
  [STOKER_ERROR_PROTOCOL] = "protocol",   [STOKER_ERROR_UNSUPPORTED] = "unsupported",
  [STOKER_ERROR_CONFIG] = "config",       [STOKER_ERROR_STORAGE] = "storage",
  [STOKER_ERROR_HELD] = "held",           [STOKER_ERROR_UNCERTAIN] = "uncertain",
  [STOKER_ERROR_FAILED] = "failed",
};

/**
 * stoker_error_code_to_string:
 * @code: a #StokerError
 *
 * Returns: (transfer none) (nullable): the name of @code as it stands in manifests, the database
 * and JSON answers, for instance `rate-limited`; %NULL when @code is none of them
 */
const char *
stoker_error_code_to_string (int code)
{
  if (code < 0 || code >= (int) G_N_ELEMENTS (code_names))
    return NULL;

  return code_names[code];
}

/**
 * stoker_error_code_from_string:
 * @name: (nullable): a name as stoker_error_code_to_string() gives it
 * @code: (out): the code, left alone when there is none of that name
 *
 * Returns: whether @name is a code; an underscore is as good as a hyphen
 */
gboolean
stoker_error_code_from_string (const char *name, StokerError *code)
{
  g_autofree char *hyphenated = g_strdup (name);

  if (hyphenated == NULL)
    return FALSE;

  g_strdelimit (hyphenated, "_", '-');
  for (guint i = 0; i < G_N_ELEMENTS (code_names); i++)
    {
      if (g_strcmp0 (code_names[i], hyphenated) != 0)
        continue;

      *code = (StokerError) i;
      return TRUE;
    }

  return FALSE;
}
