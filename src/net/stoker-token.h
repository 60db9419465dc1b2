/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tokens that were given for a while, in memory and nowhere else. */
typedef struct _StokerTokens StokerTokens;

StokerTokens *stoker_tokens_new (void);
void stoker_tokens_free (StokerTokens *self);
const char *stoker_tokens_lookup (StokerTokens *self, const char *key);
void stoker_tokens_keep (StokerTokens *self, const char *key, const char *token, double lifetime_s);
void stoker_tokens_drop (StokerTokens *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerTokens, stoker_tokens_free)

G_END_DECLS
