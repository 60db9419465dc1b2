/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a service tells of its input by a JSON schema, as rules of parameters. */
JsonNode *stoker_schema_to_parameters (JsonNode *schema, JsonNode *schemas);

G_END_DECLS
