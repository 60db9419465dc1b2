/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A JSONPath, compiled: what json-glib reads, with `[n]` anywhere. */
typedef struct _StokerJsonPath StokerJsonPath;

StokerJsonPath *stoker_json_path_new (const char *text, GError **error);
void stoker_json_path_free (StokerJsonPath *self);
JsonNode *stoker_json_path_match (const StokerJsonPath *self, JsonNode *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerJsonPath, stoker_json_path_free)

G_END_DECLS
