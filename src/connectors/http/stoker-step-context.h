/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"
#include "stoker-manifest.h"

G_BEGIN_DECLS

/**
 * StokerStepContext:
 *
 * What the names of a manifest's templates stand for while an operation runs: the provider's
 * configuration and secrets, the job, and the values taken from the answers so far. A record of a
 * list has a context of its own on top of its operation's.
 */
typedef struct _StokerStepContext StokerStepContext;

StokerStepContext *stoker_step_context_new (StokerConnection *connection,
                                            const StokerManifest *manifest,
                                            const StokerJobRequest *request);
StokerStepContext *stoker_step_context_new_child (const StokerStepContext *parent);
StokerStepContext *stoker_step_context_new_after (const StokerStepContext *other, JsonNode *handle);
void stoker_step_context_free (StokerStepContext *self);
void stoker_step_context_set_masked (StokerStepContext *self, gboolean is_masked);
gboolean stoker_step_context_get_masked (const StokerStepContext *self);
const StokerManifest *stoker_step_context_get_manifest (const StokerStepContext *self);
StokerConnection *stoker_step_context_get_connection (const StokerStepContext *self);
void stoker_step_context_set_connection (StokerStepContext *self, StokerConnection *connection);
const StokerProfile *stoker_step_context_get_profile (const StokerStepContext *self);

void stoker_step_context_set_payload (StokerStepContext *self, JsonNode *payload);
void stoker_step_context_set_input (StokerStepContext *self, JsonNode *input);
JsonNode *stoker_step_context_get_input (const StokerStepContext *self);
void stoker_step_context_set_token (StokerStepContext *self, const char *token);
const char *stoker_step_context_get_token (const StokerStepContext *self);
void stoker_step_context_set_authorising (StokerStepContext *self);
gboolean stoker_step_context_is_authorising (const StokerStepContext *self);

void stoker_step_context_set (StokerStepContext *self, const char *name, JsonNode *value);
JsonNode *stoker_step_context_lookup (const char *name, gpointer context);
JsonNode *stoker_step_context_get (const StokerStepContext *self, const char *name);
char *stoker_step_context_dup_text (const StokerStepContext *self, const char *name);
char *stoker_step_context_expand (const StokerStepContext *self, const char *text, GError **error);
char *
stoker_step_context_expand_url (const StokerStepContext *self, const char *url, GError **error);
JsonNode *
stoker_step_context_expand_tree (const StokerStepContext *self, JsonNode *tree, GError **error);
JsonNode *stoker_step_job_describe (const StokerJobRequest *request);
JsonNode *stoker_step_context_describe_values (const StokerStepContext *self);
char *stoker_step_context_redact (const StokerStepContext *self, const char *text);
gboolean stoker_step_context_is_own_origin (const StokerStepContext *self, const char *url);
gboolean stoker_step_context_may_fetch (const StokerStepContext *self, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerStepContext, stoker_step_context_free)

G_END_DECLS
