/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

#include "stoker-statement-private.h"

/**
 * stoker_store_copy_ledger_entry:
 * @entry: a ledger line
 *
 * Copies a line. One without a time gets the present one.
 *
 * Returns: (transfer full): the copy
 */
StokerLedgerEntry *
stoker_store_copy_ledger_entry (const StokerLedgerEntry *entry)
{
  StokerLedgerEntry *copy = stoker_ledger_entry_new (entry->kind, entry->job_id, entry->provider_id,
                                                     entry->amount);

  copy->id = entry->id;
  copy->at_us = entry->at_us != 0 ? entry->at_us : g_get_real_time ();
  copy->project = g_strdup (entry->project);
  copy->note = g_strdup (entry->note);
  return copy;
}

/**
 * stoker_store_insert_ledger_entry:
 * @database: a connection inside a transaction
 * @entry: a ledger line
 * @error: return location
 *
 * Adds a line; an accrued one takes the place of the one its job has.
 *
 * Returns: whether it was written
 */
gboolean
stoker_store_insert_ledger_entry (StokerSqlite *database,
                                  const StokerLedgerEntry *entry,
                                  GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database,
    "INSERT INTO ledger"
    " (at_us, kind, job_id, provider_id, project, amount_nanos, amount_currency, note)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (job_id) WHERE kind = 'accrued' DO UPDATE SET at_us = excluded.at_us,"
    " provider_id = excluded.provider_id, project = excluded.project,"
    " amount_nanos = excluded.amount_nanos, amount_currency = excluded.amount_currency,"
    " note = excluded.note",
    error);

  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_int (statement, entry->at_us);
  stoker_statement_bind_text (statement, stoker_ledger_kind_names[entry->kind]);
  stoker_statement_bind_text (statement, entry->job_id);
  stoker_statement_bind_text (statement, entry->provider_id);
  stoker_statement_bind_text (statement, entry->project);
  stoker_statement_bind_money (statement, entry->amount);
  stoker_statement_bind_text (statement, entry->note);
  return stoker_statement_run (statement, error);
}

static gboolean
read_kind (StokerStatement *row, StokerLedgerKind *kind)
{
  g_autofree char *name = stoker_statement_read_text (row);

  for (int i = STOKER_LEDGER_ESTIMATED; i <= STOKER_LEDGER_BILLED; i++)
    if (g_strcmp0 (stoker_ledger_kind_names[i], name) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_entry (StokerStatement *row, gpointer entries, GError **error)
{
  gint64 id = stoker_statement_read_int (row);
  gint64 at_us = stoker_statement_read_int (row);
  StokerLedgerKind kind = STOKER_LEDGER_ESTIMATED;
  gboolean is_known_kind = read_kind (row, &kind);
  g_autofree char *job_id = stoker_statement_read_text (row);
  g_autofree char *provider_id = stoker_statement_read_text (row);
  g_autofree char *project = stoker_statement_read_text (row);
  StokerMoney amount = stoker_statement_read_money (row);
  StokerLedgerEntry *entry = NULL;

  if (!is_known_kind)
    return stoker_sqlite_set_error (row->database, error,
                                    "ledger line %" G_GINT64_FORMAT ": unknown kind", id);
  entry = stoker_ledger_entry_new (kind, job_id, provider_id, amount);
  entry->id = id;
  entry->at_us = at_us;
  entry->project = g_steal_pointer (&project);
  entry->note = stoker_statement_read_text (row);
  g_ptr_array_add (entries, entry);
  return TRUE;
}

/**
 * stoker_store_read_ledger:
 * @database: a connection
 * @since_us: address of the earliest time wanted
 * @error: return location
 *
 * Reads the ledger, oldest first.
 *
 * Returns: (transfer full) (nullable): array of #StokerLedgerEntry
 */
gpointer
stoker_store_read_ledger (StokerSqlite *database, gpointer since_us, GError **error)
{
  g_autoptr (GPtrArray)
    entries = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_ledger_entry_free);
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database,
    "SELECT id, at_us, kind, job_id, provider_id, project, amount_nanos, amount_currency, note"
    " FROM ledger WHERE at_us >= ? ORDER BY at_us, id",
    error);

  if (statement == NULL)
    return NULL;
  stoker_statement_bind_int (statement, *(gint64 *) since_us);
  return stoker_statement_each (statement, read_entry, entries, error) ? g_steal_pointer (&entries)
                                                                       : NULL;
}
