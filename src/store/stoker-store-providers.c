/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

#include "stoker-json.h"
#include "stoker-statement-private.h"

#include <string.h>

struct _StokerProviderChange
{
  GPtrArray *ids;    /* owned, of char*, sorted, so that new ones have a defined order */
  GHashTable *texts; /* owned, id → text of its entry */
  GStrv removed_ids; /* owned, nullable */
};

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_entry (StokerProviderChange *self, const char *id, JsonNode *entry)
{
  g_ptr_array_add (self->ids, g_strdup (id));
  g_hash_table_insert (self->texts, g_strdup (id), stoker_json_to_string (entry, FALSE));
}

/**
 * stoker_provider_change_new:
 * @entries: (nullable): id → JsonNode
 * @removed_ids: (nullable): ids to remove
 *
 * Copies a change of the registry.
 *
 * Returns: (transfer full): the change
 */
StokerProviderChange *
stoker_provider_change_new (GHashTable *entries, const char *const *removed_ids)
{
  StokerProviderChange *self = g_new0 (StokerProviderChange, 1);
  GHashTableIter iter;
  gpointer id, entry;

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->removed_ids = g_strdupv ((GStrv) removed_ids);
  if (entries == NULL)
    return self;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &id, &entry))
    add_entry (self, id, entry);
  g_ptr_array_sort (self->ids, compare_ids);
  return self;
}

/**
 * stoker_provider_change_free:
 * @self: (transfer full): a change
 *
 * Frees the copy.
 */
void
stoker_provider_change_free (StokerProviderChange *self)
{
  g_ptr_array_unref (self->ids);
  g_hash_table_unref (self->texts);
  g_strfreev (self->removed_ids);
  g_free (self);
}

static gboolean
remove_providers (StokerSqlite *database, const char *const *ids, GError **error)
{
  g_autoptr (StokerStatement)
    statement = stoker_statement_new (database, "DELETE FROM providers WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      stoker_statement_bind_text (statement, ids[i]);
      if (!stoker_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * stoker_provider_change_save:
 * @database: a connection inside a transaction
 * @change: a #StokerProviderChange
 * @error: return location
 *
 * Writes a change of the registry. An entry that was there keeps its place, a new one comes last.
 *
 * Returns: whether it was written
 */
gboolean
stoker_provider_change_save (StokerSqlite *database, gpointer change, GError **error)
{
  StokerProviderChange *self = change;
  g_autoptr (StokerStatement) statement = NULL;

  if (!remove_providers (database, (const char *const *) self->removed_ids, error))
    return FALSE;
  statement =
    stoker_statement_new (database,
                          "INSERT INTO providers (id, entry, position)"
                          " VALUES (?, ?, (SELECT coalesce (max (position), 0) + 1 FROM providers))"
                          " ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
                          error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->ids->len; i++)
    {
      const char *id = g_ptr_array_index (self->ids, i);

      stoker_statement_bind_text (statement, id);
      stoker_statement_bind_text (statement, g_hash_table_lookup (self->texts, id));
      if (!stoker_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
place_providers (StokerSqlite *database, GStrv order, GError **error)
{
  g_autoptr (StokerStatement)
    statement = stoker_statement_new (database, "UPDATE providers SET position = ? WHERE id = ?",
                                      error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; order[i] != NULL; i++)
    {
      stoker_statement_bind_int (statement, i + 1);
      stoker_statement_bind_text (statement, order[i]);
      if (!stoker_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * stoker_store_save_provider_order:
 * @database: a connection inside a transaction
 * @ids: a #GStrv of provider ids; unknown ones do nothing
 * @error: return location
 *
 * Puts these providers first, in this order; the others follow as they were.
 *
 * Returns: whether it was written
 */
gboolean
stoker_store_save_provider_order (StokerSqlite *database, gpointer ids, GError **error)
{
  GStrv order = ids;
  g_autoptr (StokerStatement) statement = NULL;

  /* All are moved behind the places that are given out below. */
  statement = stoker_statement_new (
    database,
    "UPDATE providers SET position = position + ? - (SELECT min (position) FROM providers)", error);
  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_int (statement, g_strv_length (order) + 1);
  if (!stoker_statement_run (statement, error))
    return FALSE;
  return place_providers (database, order, error);
}

/* An entry that somebody altered stays in the file, for somebody to repair. */
static gboolean
read_provider (StokerStatement *row, gpointer entries, GError **error)
{
  g_autofree char *id = stoker_statement_read_text (row);
  g_autofree char *text = stoker_statement_read_text (row);
  g_autofree char *name = g_strdup_printf ("%s: provider %s", row->database->path, id);
  g_autoptr (GError) mistake = NULL;
  JsonNode *entry = stoker_json_parse (text, -1, name, &mistake);

  if (entry != NULL)
    g_ptr_array_add (entries, entry);
  else
    g_message ("%s", mistake->message);
  return TRUE;
}

/**
 * stoker_store_read_providers:
 * @database: a connection
 * @unused: nothing
 * @error: return location
 *
 * Reads the registry in its order.
 *
 * Returns: (transfer full) (nullable): array of JsonNode
 */
gpointer
stoker_store_read_providers (StokerSqlite *database, gpointer unused, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (StokerStatement) statement =
    stoker_statement_new (database, "SELECT id, entry FROM providers ORDER BY position, id", error);

  if (statement == NULL || !stoker_statement_each (statement, read_provider, entries, error))
    return NULL;
  return g_steal_pointer (&entries);
}
