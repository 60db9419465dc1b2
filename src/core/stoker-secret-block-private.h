/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Secrets in memory that is not written to disk and is wiped when it is given back. */
typedef struct _StokerSecretBlock StokerSecretBlock;

StokerSecretBlock *stoker_secret_block_new (GHashTable *secrets);
const char *stoker_secret_block_lookup (StokerSecretBlock *self, const char *name);
void stoker_secret_block_add_to (StokerSecretBlock *self, GHashTable *secrets);
void stoker_secret_block_free (StokerSecretBlock *self);

G_END_DECLS
