/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A rule is a piece of a document that was checked: what is there has its right type, so these
 * readers have no errors. @rule may always be NULL, which has nothing. */
JsonNode *stoker_rule_get (JsonNode *rule, const char *name);
const char *stoker_rule_get_text (JsonNode *rule, const char *name);
gboolean stoker_rule_get_flag (JsonNode *rule, const char *name, gboolean fallback);
double stoker_rule_get_number (JsonNode *rule, const char *name, double fallback);
gboolean stoker_rule_is_text (JsonNode *rule);
gboolean stoker_rule_is_object (JsonNode *rule);

/* The elements of an array; anything else is a list of one. */
guint stoker_rule_count (JsonNode *list);
JsonNode *stoker_rule_nth (JsonNode *list, guint index);
gboolean stoker_rule_lists (JsonNode *list, const char *text);

/**
 * StokerMembers:
 *
 * Goes through an object in its order:
 * `StokerMembers at = stoker_members_of (rule); while (stoker_members_next (&at)) …`
 */
typedef struct
{
  const char *name;
  JsonNode *value;

  JsonObjectIter iter; /*< private >*/
  gboolean is_object;  /*< private >*/
} StokerMembers;

StokerMembers stoker_members_of (JsonNode *rule);
gboolean stoker_members_next (StokerMembers *self);

G_END_DECLS
