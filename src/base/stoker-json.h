/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Limits of every JSON text that comes from outside. */
#define STOKER_JSON_MAX_BYTES (16 * 1024 * 1024)
#define STOKER_JSON_MAX_DEPTH 64

/**
 * StokerJsonPlace:
 *
 * A value in a document together with the way to it, so that a mistake can be named as
 * `file.json: $.budget.limit_usd: must not be negative`. It lives on the stack, is passed by
 * address and borrows everything; a child is valid while its parent is.
 */
typedef struct _StokerJsonPlace StokerJsonPlace;
struct _StokerJsonPlace
{
  const StokerJsonPlace *parent; /* nullable: the root */
  const char *name; /* file name at the root, member name below, NULL for an array element */
  guint index;      /* of an array element */
  JsonNode *node;   /* nullable: absent member */
};

/* Whether a member may be missing. JSON null counts as missing. */
typedef enum {
  STOKER_JSON_OPTIONAL,
  STOKER_JSON_REQUIRED,
} StokerJsonNeed;

JsonNode *stoker_json_parse (const char *text, gssize length, const char *name, GError **error);
JsonNode *stoker_json_load_file (const char *path, gsize max_bytes, GError **error);
void stoker_json_merge (JsonNode *into, JsonNode *from);
char *stoker_json_to_string (JsonNode *node, gboolean pretty);

StokerJsonPlace stoker_json_root (JsonNode *node, const char *name);
StokerJsonPlace stoker_json_member (const StokerJsonPlace *parent, const char *name);
StokerJsonPlace stoker_json_element (const StokerJsonPlace *parent, guint index);
gboolean stoker_json_is_present (const StokerJsonPlace *place);
guint stoker_json_length (const StokerJsonPlace *place);
GStrv stoker_json_list_members (const StokerJsonPlace *place);
char *stoker_json_place_to_string (const StokerJsonPlace *place);
void stoker_json_set_error (GError **error, const StokerJsonPlace *place, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
gboolean stoker_json_fail (GError **error, const StokerJsonPlace *place, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/* The readers leave *out alone when an optional value is missing, and return FALSE with @error set
 * on a mistake. */
gboolean stoker_json_expect_object (const StokerJsonPlace *place, GError **error);
gboolean stoker_json_expect_array (const StokerJsonPlace *place, guint max_length, GError **error);
gboolean stoker_json_expect_known_members (const StokerJsonPlace *place,
                                           const char *const *names,
                                           GError **error);
gboolean stoker_json_get_object (const StokerJsonPlace *parent,
                                 const char *name,
                                 StokerJsonNeed need,
                                 StokerJsonPlace *out,
                                 GError **error);
gboolean stoker_json_get_array (const StokerJsonPlace *parent,
                                const char *name,
                                StokerJsonNeed need,
                                guint max_length,
                                StokerJsonPlace *out,
                                GError **error);
gboolean stoker_json_get_string (
  const StokerJsonPlace *parent, const char *name, StokerJsonNeed need, char **out, GError **error);
gboolean stoker_json_get_boolean (const StokerJsonPlace *parent,
                                  const char *name,
                                  StokerJsonNeed need,
                                  gboolean *out,
                                  GError **error);
gboolean stoker_json_get_int (const StokerJsonPlace *parent,
                              const char *name,
                              StokerJsonNeed need,
                              gint64 min,
                              gint64 max,
                              gint64 *out,
                              GError **error);
gboolean stoker_json_get_double (const StokerJsonPlace *parent,
                                 const char *name,
                                 StokerJsonNeed need,
                                 double min,
                                 double max,
                                 double *out,
                                 GError **error);
gboolean stoker_json_get_enum (const StokerJsonPlace *parent,
                               const char *name,
                               StokerJsonNeed need,
                               const char *const *names,
                               int *out,
                               GError **error);
gboolean stoker_json_get_strings (
  const StokerJsonPlace *parent, const char *name, StokerJsonNeed need, GStrv *out, GError **error);

G_END_DECLS
