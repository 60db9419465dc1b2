/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"

/* What an error carries beside its text. */
typedef struct
{
  gint64 wait_s; /* 0: not told */
  gboolean is_unreached;
} StokerErrorPrivate;

static void
stoker_error_private_init (StokerErrorPrivate *self)
{
  self->wait_s = 0;
  self->is_unreached = FALSE;
}

static void
stoker_error_private_copy (const StokerErrorPrivate *from, StokerErrorPrivate *self)
{
  self->wait_s = from->wait_s;
  self->is_unreached = from->is_unreached;
}

static void
stoker_error_private_clear (StokerErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (StokerError, stoker_error)

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

/**
 * stoker_error_set_wait:
 * @error: an error of %STOKER_ERROR
 * @wait_s: after how many seconds it may be tried again
 */
void
stoker_error_set_wait (GError *error, gint64 wait_s)
{
  g_return_if_fail (error != NULL && error->domain == STOKER_ERROR);

  stoker_error_get_private (error)->wait_s = wait_s;
}

/**
 * stoker_error_get_wait:
 * @error: any error
 *
 * Returns: after how many seconds it may be tried again; 0 when nobody told
 */
gint64
stoker_error_get_wait (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == STOKER_ERROR ? stoker_error_get_private (error)->wait_s : 0;
}

/**
 * stoker_error_set_unreached:
 * @error: an error of %STOKER_ERROR
 *
 * Says that no connection came about: no name, no way, or nobody who listens.
 */
void
stoker_error_set_unreached (GError *error)
{
  g_return_if_fail (error != NULL && error->domain == STOKER_ERROR);

  stoker_error_get_private (error)->is_unreached = TRUE;
}

/**
 * stoker_error_is_unreached:
 * @error: any error
 *
 * Returns: whether no connection came about
 */
gboolean
stoker_error_is_unreached (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return error->domain == STOKER_ERROR && stoker_error_get_private (error)->is_unreached;
}
