/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

#include "stoker-json.h"
#include "stoker-statement-private.h"
#include "stoker-time.h"

#include <string.h>

/*
 * The audit trail is a chain: the hash of a line is SHA-256 over the hash of the line before, the
 * time in microseconds, action, subject and detail, each followed by a zero byte. meta.audit_head
 * holds the number of lines and the last hash, so that lines cut off at the end are noticed as
 * well.
 */

#define FIRST_HASH "0000000000000000000000000000000000000000000000000000000000000000"

struct _StokerAuditLine
{
  gint64 at_us;
  char *action;
  char *subject;
  char *detail; /* canonical JSON text */
};

static JsonNode *sort_node (JsonNode *node);

static void
sort_element (JsonArray *array, guint index, JsonNode *element, gpointer sorted)
{
  json_array_add_element (sorted, sort_node (element));
}

static JsonNode *
sort_array (JsonArray *array)
{
  JsonNode *result = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) sorted = json_array_new ();

  json_array_foreach_element (array, sort_element, sorted);
  json_node_take_array (result, g_steal_pointer (&sorted));
  return result;
}

static void
collect_member (JsonObject *object, const char *name, JsonNode *member, gpointer members)
{
  g_tree_insert (members, (gpointer) name, member);
}

static gboolean
put_member (gpointer name, gpointer member, gpointer sorted)
{
  json_object_set_member (sorted, name, sort_node (member));
  return FALSE;
}

static JsonNode *
sort_object (JsonObject *object)
{
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) sorted = json_object_new ();
  g_autoptr (GTree) members = g_tree_new ((GCompareFunc) strcmp);

  json_object_foreach_member (object, collect_member, members);
  g_tree_foreach (members, put_member, sorted);
  json_node_take_object (result, g_steal_pointer (&sorted));
  return result;
}

/* The same value in the same text, whatever the order its members were set in. */
static JsonNode *
sort_node (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return sort_object (json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return sort_array (json_node_get_array (node));
  return json_node_copy (node);
}

/**
 * stoker_audit_line_new:
 * @action: what was done
 * @subject: (nullable): to what
 * @detail: (nullable): more about it; never a secret
 *
 * Makes a line of the present time.
 *
 * Returns: (transfer full): the line
 */
StokerAuditLine *
stoker_audit_line_new (const char *action, const char *subject, JsonNode *detail)
{
  StokerAuditLine *self = g_new0 (StokerAuditLine, 1);
  g_autoptr (JsonNode) sorted = detail != NULL ? sort_node (detail)
                                               : json_node_new (JSON_NODE_NULL);

  self->at_us = g_get_real_time ();
  self->action = g_strdup (action);
  self->subject = g_strdup (subject != NULL ? subject : "");
  self->detail = stoker_json_to_string (sorted, FALSE);
  return self;
}

/**
 * stoker_audit_line_free:
 * @self: (transfer full): a line
 *
 * Frees the line.
 */
void
stoker_audit_line_free (StokerAuditLine *self)
{
  g_free (self->action);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self);
}

static void
hash_text (GChecksum *checksum, const char *text)
{
  g_checksum_update (checksum, (const guchar *) text, strlen (text) + 1);
}

static char *
hash_line (const StokerAuditLine *line, const char *previous_hash)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, line->at_us);

  hash_text (checksum, previous_hash);
  hash_text (checksum, at);
  hash_text (checksum, line->action);
  hash_text (checksum, line->subject);
  hash_text (checksum, line->detail);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
insert_line (StokerSqlite *database, const StokerAuditLine *line, const char *hash, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database, "INSERT INTO audit (at_us, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?)",
    error);

  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_int (statement, line->at_us);
  stoker_statement_bind_text (statement, line->action);
  stoker_statement_bind_text (statement, line->subject);
  stoker_statement_bind_text (statement, line->detail);
  stoker_statement_bind_text (statement, hash);
  return stoker_statement_run (statement, error);
}

/**
 * stoker_audit_line_append:
 * @database: a connection inside a writing transaction, so that no other line comes between
 * @line: a #StokerAuditLine
 * @error: return location
 *
 * Puts a line at the end of the chain.
 *
 * Returns: whether it was written
 */
gboolean
stoker_audit_line_append (StokerSqlite *database, gpointer line, GError **error)
{
  g_autofree char *previous_hash = g_strdup (FIRST_HASH);
  g_autofree char *hash = NULL;

  if (!stoker_sqlite_query_text (database, "SELECT hash FROM audit ORDER BY number DESC LIMIT 1",
                                 &previous_hash, error))
    return FALSE;
  hash = hash_line (line, previous_hash);
  return insert_line (database, line, hash, error) &&
         stoker_sqlite_execute (database,
                                "INSERT OR REPLACE INTO meta (key, value)"
                                " SELECT 'audit_head', count (*) || ' ' ||"
                                " (SELECT hash FROM audit ORDER BY number DESC LIMIT 1) FROM audit",
                                error);
}

static StokerAuditLine *
read_line (StokerStatement *row)
{
  StokerAuditLine *line = g_new0 (StokerAuditLine, 1);

  line->at_us = stoker_statement_read_int (row);
  line->action = stoker_statement_read_text (row);
  line->subject = stoker_statement_read_text (row);
  line->detail = stoker_statement_read_text (row);
  return line;
}

/* Walking along the chain. */
typedef struct
{
  char *hash; /* owned, of the last line seen */
  gint64 length;
  gboolean is_intact;
} Chain;

static void
chain_clear (Chain *self)
{
  g_clear_pointer (&self->hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static gboolean
check_line (StokerStatement *row, gpointer user_data, GError **error)
{
  Chain *chain = user_data;
  g_autoptr (StokerAuditLine) line = read_line (row);
  g_autofree char *hash = stoker_statement_read_text (row);
  g_autofree char *expected_hash = hash_line (line, chain->hash);

  if (strcmp (hash, expected_hash) != 0)
    chain->is_intact = FALSE;
  g_free (chain->hash);
  chain->hash = g_steal_pointer (&hash);
  chain->length++;
  return TRUE;
}

static gboolean
check_chain (StokerSqlite *database, gboolean *is_intact, GError **error)
{
  g_auto (Chain) chain = { g_strdup (FIRST_HASH), 0, TRUE };
  g_autofree char *stored_head = NULL;
  g_autofree char *head = NULL;
  g_autoptr (StokerStatement) statement =
    stoker_statement_new (database,
                          "SELECT at_us, action, subject, detail, hash FROM audit ORDER BY number",
                          error);

  if (statement == NULL || !stoker_statement_each (statement, check_line, &chain, error) ||
      !stoker_sqlite_query_text (database, "SELECT value FROM meta WHERE key = 'audit_head'",
                                 &stored_head, error))
    return FALSE;
  head = chain.length == 0 ? NULL
                           : g_strdup_printf ("%" G_GINT64_FORMAT " %s", chain.length, chain.hash);
  *is_intact = chain.is_intact && g_strcmp0 (head, stored_head) == 0;
  return TRUE;
}

/* A detail that is no JSON any more was altered: it is shown as the text it is. */
static JsonNode *
parse_detail (const char *text)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "detail", NULL);

  if (node != NULL)
    return g_steal_pointer (&node);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return g_steal_pointer (&node);
}

static gboolean
list_line (StokerStatement *row, gpointer lines, GError **error)
{
  g_autoptr (StokerAuditLine) line = read_line (row);
  g_autofree char *hash = stoker_statement_read_text (row);
  g_autofree char *at = stoker_time_format_iso (line->at_us);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "at", at);
  json_object_set_int_member (object, "at_us", line->at_us);
  json_object_set_string_member (object, "action", line->action);
  json_object_set_string_member (object, "subject", line->subject);
  json_object_set_member (object, "detail", parse_detail (line->detail));
  json_object_set_string_member (object, "hash", hash);
  json_array_add_object_element (lines, object);
  return TRUE;
}

/**
 * stoker_store_read_audit:
 * @database: a connection inside a transaction
 * @limit: address of how many lines are wanted at most; 0: all
 * @error: return location
 *
 * Reads the newest lines, newest first, and checks the whole chain.
 *
 * Returns: (transfer full) (nullable): a #StokerAuditListing
 */
gpointer
stoker_store_read_audit (StokerSqlite *database, gpointer limit, GError **error)
{
  gint64 n_lines = *(guint *) limit;
  g_autoptr (StokerAuditListing) listing = g_new0 (StokerAuditListing, 1);
  g_autoptr (JsonArray) lines = json_array_new ();
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database, "SELECT at_us, action, subject, detail, hash FROM audit ORDER BY number DESC LIMIT ?",
    error);

  if (statement == NULL)
    return NULL;
  stoker_statement_bind_int (statement, n_lines > 0 ? n_lines : -1);
  if (!stoker_statement_each (statement, list_line, lines, error) ||
      !check_chain (database, &listing->is_intact, error))
    return NULL;
  listing->lines = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (listing->lines, g_steal_pointer (&lines));
  return g_steal_pointer (&listing);
}

/**
 * stoker_audit_listing_free:
 * @self: (transfer full): a listing
 *
 * Frees the listing.
 */
void
stoker_audit_listing_free (StokerAuditListing *self)
{
  g_clear_pointer (&self->lines, json_node_unref);
  g_free (self);
}
