/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Fields as they are sent in an address or a body. */
void stoker_form_append (GString *form, const char *name, const char *value);
GBytes *stoker_form_encode (JsonNode *body);
GBytes *stoker_form_encode_multipart (JsonNode *body, char **content_type);

G_END_DECLS
