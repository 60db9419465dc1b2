/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Frees a text that was a secret, after overwriting it. */
void stoker_wipe_free (char *secret);

G_END_DECLS
