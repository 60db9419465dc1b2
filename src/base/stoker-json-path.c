/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-path.h"

#include "stoker-error.h"

/* json-glib 1.6 asks an array for the element behind its last one when `[n]`, a slice or a union
 * says so, and logs a critical. So `[n]` is taken here, between two paths without any. */
typedef struct
{
  JsonPath *path; /* owned: what comes before the index */
  int index;      /* -1: none, it is the last part */
} Part;

struct _StokerJsonPath
{
  GArray *parts; /* owned, of Part */
};

static void
part_clear (gpointer data)
{
  g_clear_object (&((Part *) data)->path);
}

static gboolean
add_part (StokerJsonPath *self, const char *text, int index, GError **error)
{
  Part part = { json_path_new (), index };

  g_array_append_val (self->parts, part);

  return json_path_compile (part.path, text, error);
}

/**
 * stoker_json_path_new:
 * @text: a JSONPath; slices and unions are not known
 *
 * Returns: (transfer full) (nullable): it, compiled; %NULL with what is wrong with it
 */
StokerJsonPath *
stoker_json_path_new (const char *text, GError **error)
{
  g_autoptr (StokerJsonPath) self = g_new0 (StokerJsonPath, 1);
  g_auto (GStrv) parts = g_regex_split_simple ("\\[(\\d{1,6})\\]", text, 0, 0);
  guint count = g_strv_length (parts);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  if (g_regex_match_simple ("\\[[-\\d][^\\]]*[:,]|\\[:", text, 0, 0))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           "slices and unions are not known");
      return NULL;
    }
  /* Path, index, path, index, …, path: each but the first goes on where the index led. */
  for (guint i = 0; i < count; i += 2)
    {
      g_autofree char *path = g_strconcat (i > 0 ? "$" : "", parts[i], NULL);
      int index = i + 1 < count ? (int) g_ascii_strtoll (parts[i + 1], NULL, 10) : -1;

      if (!add_part (self, path, index, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * stoker_json_path_free:
 * @self: (transfer full): a path
 */
void
stoker_json_path_free (StokerJsonPath *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

static void
add_matches (JsonArray *found, const Part *part, JsonNode *root)
{
  g_autoptr (JsonNode) matches = json_path_match (part->path, root);
  JsonArray *list = json_node_get_array (matches);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *match = json_array_get_element (list, i);
      JsonArray *inner = JSON_NODE_HOLDS_ARRAY (match) ? json_node_get_array (match) : NULL;

      if (part->index < 0)
        json_array_add_element (found, json_node_ref (match));
      else if (inner != NULL && (guint) part->index < json_array_get_length (inner))
        json_array_add_element (found, json_node_ref (
                                         json_array_get_element (inner, (guint) part->index)));
    }
}

/**
 * stoker_json_path_match:
 * @root: where to look
 *
 * Returns: (transfer full): an array of what it leads to, in the order of the document
 */
JsonNode *
stoker_json_path_match (const StokerJsonPath *self, JsonNode *root)
{
  g_autoptr (JsonArray) found = json_array_new ();

  json_array_add_element (found, json_node_ref (root));
  for (guint i = 0; i < self->parts->len; i++)
    {
      g_autoptr (JsonArray) from = g_steal_pointer (&found);

      found = json_array_new ();
      for (guint n = 0; n < json_array_get_length (from); n++)
        add_matches (found, &g_array_index (self->parts, Part, i),
                     json_array_get_element (from, n));
    }

  return json_node_init_array (json_node_alloc (), found);
}
