/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-wipe.h"

#include <string.h>

/**
 * stoker_wipe_free:
 * @secret: (transfer full) (nullable): a text from g_malloc()
 *
 * Overwrites @secret and frees it, so that it does not linger in freed memory. Fits as a
 * #GDestroyNotify.
 */
void
stoker_wipe_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
