/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"
#include "stoker-manifest.h"

G_BEGIN_DECLS

/**
 * StokerScope:
 *
 * What the names in a manifest's templates stand for while an operation runs: the provider's
 * configuration and secrets, the job, and the values taken from the answers so far. A record of a
 * list has a scope of its own on top of its operation's.
 */
typedef struct _StokerScope StokerScope;
struct _StokerScope
{
  const StokerScope *parent;      /* borrowed, nullable: asked for values that are not here */
  const StokerManifest *manifest; /* borrowed */
  StokerConnection *connection;   /* owned */
  JsonNode *told;                 /* owned, an object of job, handle, input, provider, described */
  GHashTable *values;             /* owned: name → JsonNode, taken so far */
  char *token;                    /* owned, nullable: given for a while */
  gboolean is_authorising;        /* a token is asked for, so that there is none to send */
  gboolean
    is_masked; /* secrets, and what an answer would have brought, are shown by a placeholder */
};

StokerScope *stoker_scope_new (StokerConnection *connection,
                               const StokerManifest *manifest,
                               const StokerJobRequest *request);
StokerScope *stoker_scope_new_child (const StokerScope *parent);
StokerScope *stoker_scope_new_after (const StokerScope *other, JsonNode *handle);
void stoker_scope_free (StokerScope *self);
const StokerProfile *stoker_scope_get_profile (const StokerScope *self);
void stoker_scope_set_connection (StokerScope *self, StokerConnection *connection);
void stoker_scope_set_payload (StokerScope *self, JsonNode *payload);
void stoker_scope_set_token (StokerScope *self, const char *token);
void stoker_scope_set (StokerScope *self, const char *name, JsonNode *value);

/* Values by their names. */
JsonNode *stoker_scope_lookup (const char *name, gpointer scope);
JsonNode *stoker_scope_get (const StokerScope *self, const char *name);
char *stoker_scope_dup_text (const StokerScope *self, const char *name);
double stoker_scope_get_number (const StokerScope *self, const char *name, double fallback);
StokerMoney stoker_scope_get_money (const StokerScope *self, const char *name);
char *stoker_scope_expand (const StokerScope *self, const char *text, GError **error);
char *stoker_scope_expand_url (const StokerScope *self, const char *url, GError **error);
JsonNode *stoker_scope_expand_tree (const StokerScope *self, JsonNode *tree, GError **error);
JsonNode *stoker_scope_describe_values (const StokerScope *self);
JsonNode *stoker_scope_describe_job (const StokerJobRequest *request);
char *stoker_scope_redact (const StokerScope *self, const char *text);

/* Where an address leads. */
gboolean stoker_scope_is_own_origin (const StokerScope *self, const char *url);
gboolean stoker_scope_may_fetch (const StokerScope *self, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerScope, stoker_scope_free)

G_END_DECLS
