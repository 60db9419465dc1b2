/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-token.h"

#include "stoker-wipe.h"

/* A token is asked for again this long before its end, so that it does not end on the way. */
#define SLACK_S 60

typedef struct
{
  char *text;
  gint64 until_us; /* monotonic */
} Token;

struct _StokerTokens
{
  GHashTable *by_key; /* owned: key → Token */
};

static void
token_free (gpointer data)
{
  Token *self = data;

  stoker_wipe_free (self->text);
  g_free (self);
}

/**
 * stoker_tokens_new:
 *
 * Returns: (transfer full): no tokens yet
 */
StokerTokens *
stoker_tokens_new (void)
{
  StokerTokens *self = g_new0 (StokerTokens, 1);

  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, token_free);

  return self;
}

/**
 * stoker_tokens_free:
 * @self: (transfer full): tokens; wiped
 */
void
stoker_tokens_free (StokerTokens *self)
{
  g_hash_table_unref (self->by_key);
  g_free (self);
}

/**
 * stoker_tokens_lookup:
 *
 * Returns: (transfer none) (nullable): a token that is good for a while yet
 */
const char *
stoker_tokens_lookup (StokerTokens *self, const char *key)
{
  const Token *token = g_hash_table_lookup (self->by_key, key);

  return token != NULL && token->until_us > g_get_monotonic_time () ? token->text : NULL;
}

/**
 * stoker_tokens_keep:
 * @lifetime_s: how long it is good, from now on
 */
void
stoker_tokens_keep (StokerTokens *self, const char *key, const char *token, double lifetime_s)
{
  Token *kept = g_new0 (Token, 1);

  kept->text = g_strdup (token);
  kept->until_us = g_get_monotonic_time () +
                   (gint64) (MAX (0, lifetime_s - SLACK_S) * (double) G_USEC_PER_SEC);
  g_hash_table_insert (self->by_key, g_strdup (key), kept);
}

/**
 * stoker_tokens_drop:
 *
 * Forgets a token that the server does not take any more.
 */
void
stoker_tokens_drop (StokerTokens *self, const char *key)
{
  g_hash_table_remove (self->by_key, key);
}
