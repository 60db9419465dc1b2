/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "stoker-http-client.h"

G_BEGIN_DECLS

/* What the body of an answer may be. */
extern const char *const stoker_answer_names[];

gboolean stoker_answer_has_tree (const char *kind);
JsonNode *stoker_answer_read (const char *kind, guint status, GBytes *body, GError **error);

/* Reads on another thread when the body is a large one; gives NULL as stoker_answer_read() does. */
void stoker_answer_read_async (const char *kind,
                               StokerHttpResponse *response,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JsonNode *stoker_answer_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
