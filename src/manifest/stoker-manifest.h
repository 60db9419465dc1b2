/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"
#include "stoker-rule.h"

G_BEGIN_DECLS

/**
 * StokerManifest:
 * @root: the checked document
 *
 * The `connector` of a catalog document, as README.md of this folder explains it. It is checked
 * once by stoker_manifest_decode() and never changed; the engine reads it where it stands, with
 * stoker_rule_get() and its like. What has to be compiled is compiled once.
 */
typedef struct
{
  JsonNode *root;
  GHashTable *paths;   /* owned: text → StokerJsonPath */
  GHashTable *regexes; /* owned: text → GRegex */
  GStrv key_files;     /* owned: fields of a path whose secret is named */
} StokerManifest;

StokerManifest *stoker_manifest_decode (const StokerProfile *profile, GError **error);
void stoker_manifest_free (StokerManifest *self);
JsonNode *stoker_manifest_find (const StokerManifest *self, const char *operation, GError **error);
JsonNode *stoker_manifest_get (const StokerManifest *self, const char *member);
double stoker_manifest_get_limit (const StokerManifest *self, const char *name);
JsonNode *stoker_manifest_match (const StokerManifest *self, JsonNode *path, JsonNode *tree);
GRegex *stoker_manifest_get_regex (const StokerManifest *self, JsonNode *rule, const char *name);

/* What a step says of itself, or what is usual. */
gboolean stoker_step_is_repeatable (JsonNode *step);
gboolean stoker_step_creates (JsonNode *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerManifest, stoker_manifest_free)

G_END_DECLS
