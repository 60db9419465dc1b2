/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * StokerTemplateLookup:
 * @name: what stands between `${` and `}`, for instance `config.region`
 *
 * Returns: (transfer full) (nullable): the value, or %NULL when there is none
 */
typedef JsonNode *(*StokerTemplateLookup) (const char *name, gpointer user_data);

char *stoker_template_expand (const char *text,
                              StokerTemplateLookup lookup,
                              gpointer user_data,
                              GError **error);
char *stoker_template_expand_uri (const char *text,
                                  StokerTemplateLookup lookup,
                                  gpointer user_data,
                                  GError **error);
JsonNode *stoker_template_expand_json (JsonNode *body,
                                       StokerTemplateLookup lookup,
                                       gpointer user_data,
                                       GError **error);

G_END_DECLS
