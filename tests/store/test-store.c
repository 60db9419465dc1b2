/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-time.h"
#include "store-calls.h"

#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  StokerStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_folder ();
  fixture->path = g_build_filename (fixture->folder, "stoker.db", NULL);
  fixture->store = open_good_store (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    close_store (fixture->store);
  remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* What is on disk is what another start of the program finds. */
static void
reopen (Fixture *fixture)
{
  close_store (g_steal_pointer (&fixture->store));
  fixture->store = open_good_store (fixture->path);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = stoker_json_parse (text, -1, "test", &error);

  g_assert_no_error (error);
  return node;
}

static GHashTable *
make_entries (const char *first, ...)
{
  GHashTable *entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) json_node_unref);
  va_list arguments;

  va_start (arguments, first);
  for (const char *id = first; id != NULL; id = va_arg (arguments, const char *))
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"n\":1}", id);

      g_hash_table_insert (entries, g_strdup (id), parse (text));
    }
  va_end (arguments);
  return entries;
}

static void
assert_providers (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) entries = load_providers (fixture->store);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *entry = stoker_json_to_string (g_ptr_array_index (entries, i), FALSE);

      g_string_append (text, entry);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_providers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) first = make_entries ("z", "m", NULL);
  g_autoptr (GHashTable) second = make_entries ("a", "z", NULL);
  const char *const removed[] = { "m", "nosuch", NULL };
  g_autoptr (GError) error = NULL;

  assert_providers (fixture, "");
  g_assert_true (save_providers (fixture->store, first, NULL, &error));
  g_assert_no_error (error);
  assert_providers (fixture, "{\"id\":\"m\",\"n\":1}{\"id\":\"z\",\"n\":1}");

  g_hash_table_replace (second, g_strdup ("z"), parse ("{\"id\":\"z\",\"n\":2}"));
  g_assert_true (save_providers (fixture->store, second, removed, &error));
  g_assert_true (save_providers (fixture->store, NULL, NULL, &error));
  reopen (fixture);
  assert_providers (fixture, "{\"id\":\"z\",\"n\":2}{\"id\":\"a\",\"n\":1}");
}

static void
test_provider_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) entries = make_entries ("a", "b", "c", "d", NULL);
  g_autoptr (GHashTable) later = make_entries ("e", NULL);
  const char *const order[] = { "c", "nosuch", "a", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (save_providers (fixture->store, entries, NULL, &error));
  g_assert_true (order_providers (fixture->store, order, &error));
  g_assert_no_error (error);
  g_assert_true (save_providers (fixture->store, later, NULL, &error));
  reopen (fixture);
  assert_providers (fixture, "{\"id\":\"c\",\"n\":1}{\"id\":\"a\",\"n\":1}{\"id\":\"b\",\"n\":1}"
                             "{\"id\":\"d\",\"n\":1}{\"id\":\"e\",\"n\":1}");
}

static void
add_line (
  Fixture *fixture, StokerLedgerKind kind, const char *job_id, StokerMoney amount, gint64 at_us)
{
  g_autoptr (StokerJob) job = stoker_job_new (job_id, "n", "p");
  g_autoptr (StokerLedgerEntry) entry = stoker_ledger_entry_new (kind, job_id, "p", amount);
  g_autoptr (GError) error = NULL;

  entry->at_us = at_us;
  entry->project = g_strdup ("film");
  entry->note = g_strdup ("note");
  g_assert_true (save_job (fixture->store, job, entry, &error));
  g_assert_no_error (error);
}

static void
assert_ledger (Fixture *fixture, gint64 since_us, const char *expected)
{
  g_autoptr (GPtrArray) entries = list_ledger (fixture->store, since_us);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const StokerLedgerEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpint (entry->id, >, 0);
      g_assert_cmpstr (entry->provider_id, ==, "p");
      g_assert_cmpstr (entry->project, ==, "film");
      g_assert_cmpstr (entry->note, ==, "note");
      g_string_append_printf (text, "%s %s %s%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ";",
                              entry->job_id, stoker_ledger_kind_names[entry->kind],
                              entry->amount.is_known ? "" : "unknown ", entry->amount.nanos,
                              entry->at_us);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_ledger (Fixture *fixture, gconstpointer data)
{
  assert_ledger (fixture, 0, "");
  add_line (fixture, STOKER_LEDGER_ESTIMATED, "a", stoker_money_usd (50), 10);
  add_line (fixture, STOKER_LEDGER_ACCRUED, "a", stoker_money_usd (1), 20);
  add_line (fixture, STOKER_LEDGER_ACCRUED, "b", stoker_money_unknown (), 25);
  add_line (fixture, STOKER_LEDGER_ACCRUED, "a", stoker_money_usd (2), 30);
  add_line (fixture, STOKER_LEDGER_BILLED, "a", stoker_money_usd (3), 40);
  add_line (fixture, STOKER_LEDGER_BILLED, "a", stoker_money_usd (4), 50);
  reopen (fixture);
  assert_ledger (fixture, 0,
                 "a estimated 50 10;b accrued unknown 0 25;a accrued 2 30;a billed 3 40;"
                 "a billed 4 50;");
  assert_ledger (fixture, 40, "a billed 3 40;a billed 4 50;");
}

/* What a job cost stays known when the job is removed. */
static void
test_ledger_of_removed_job (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;

  add_line (fixture, STOKER_LEDGER_BILLED, "a", stoker_money_usd (3), 40);
  g_assert_true (remove_job (fixture->store, "a", NULL));
  jobs = load_jobs (fixture->store);
  g_assert_cmpuint (jobs->len, ==, 0);
  assert_ledger (fixture, 0, "a billed 3 40;");
}

static void
append_three (Fixture *fixture)
{
  g_autoptr (JsonNode) detail = parse ("{\"z\":1,\"a\":{\"y\":[2,{\"c\":1,\"b\":2}],\"x\":null}}");
  g_autoptr (GError) error = NULL;

  g_assert_true (append_audit (fixture->store, "job.submit", "job-1", detail, &error));
  g_assert_true (append_audit (fixture->store, "job.cancel", "job-1", NULL, &error));
  g_assert_true (append_audit (fixture->store, "app.start", NULL, NULL, &error));
  g_assert_no_error (error);
}

static char *
get_line_text (StokerJsonPlace *lines, guint index, const char *name)
{
  StokerJsonPlace line = stoker_json_element (lines, index);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (stoker_json_get_string (&line, name, STOKER_JSON_REQUIRED, &text, &error));
  g_assert_no_error (error);
  return text;
}

/* The hash as the folder's README describes it, computed in another way. */
static char *
hash_by_hand (const char *previous, gint64 at_us, const char *rest, gsize length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, at_us);

  g_byte_array_append (bytes, (const guint8 *) previous, strlen (previous) + 1);
  g_byte_array_append (bytes, (const guint8 *) at, strlen (at) + 1);
  g_byte_array_append (bytes, (const guint8 *) rest, length);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static void
check_first_hashes (StokerJsonPlace *lines)
{
  static const char first_rest[] =
    "job.submit\0job-1\0{\"a\":{\"x\":null,\"y\":[2,{\"b\":2,\"c\":1}]},\"z\":1}";
  static const char second_rest[] = "job.cancel\0job-1\0null";
  g_autofree char *zeros = g_strnfill (64, '0');
  StokerJsonPlace first = stoker_json_element (lines, 2);
  StokerJsonPlace second = stoker_json_element (lines, 1);
  g_autofree char *first_hash = get_line_text (lines, 2, "hash");
  g_autofree char *second_hash = get_line_text (lines, 1, "hash");
  g_autofree char *first_expected = NULL;
  g_autofree char *second_expected = NULL;
  gint64 first_us = 0;
  gint64 second_us = 0;

  g_assert_true (
    stoker_json_get_int (&first, "at_us", STOKER_JSON_REQUIRED, 1, G_MAXINT64, &first_us, NULL));
  g_assert_true (
    stoker_json_get_int (&second, "at_us", STOKER_JSON_REQUIRED, 1, G_MAXINT64, &second_us, NULL));
  first_expected = hash_by_hand (zeros, first_us, first_rest, sizeof first_rest);
  second_expected = hash_by_hand (first_expected, second_us, second_rest, sizeof second_rest);
  g_assert_cmpstr (first_hash, ==, first_expected);
  g_assert_cmpstr (second_hash, ==, second_expected);
}

static void
test_audit (Fixture *fixture, gconstpointer data)
{
  gboolean is_intact = FALSE;
  g_autoptr (JsonNode) none = list_audit (fixture->store, 0, &is_intact);
  g_autoptr (JsonNode) all = NULL;
  g_autoptr (JsonNode) newest = NULL;
  g_autofree char *action = NULL;
  g_autofree char *at = NULL;
  StokerJsonPlace lines = stoker_json_root (none, "audit");

  g_assert_cmpuint (stoker_json_length (&lines), ==, 0);
  g_assert_true (is_intact);
  append_three (fixture);
  reopen (fixture);

  is_intact = FALSE;
  all = list_audit (fixture->store, 0, &is_intact);
  lines = stoker_json_root (all, "audit");
  g_assert_true (is_intact);
  g_assert_cmpuint (stoker_json_length (&lines), ==, 3);
  check_first_hashes (&lines);
  at = get_line_text (&lines, 0, "at");
  g_assert_cmpint (ABS (stoker_time_parse (at) - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);

  newest = list_audit (fixture->store, 1, &is_intact);
  lines = stoker_json_root (newest, "audit");
  g_assert_cmpuint (stoker_json_length (&lines), ==, 1);
  action = get_line_text (&lines, 0, "action");
  g_assert_cmpstr (action, ==, "app.start");
}

/* SQL that alters the trail behind the store's back. */
static const char *const tampering[] = {
  "UPDATE audit SET detail = '{}' WHERE number = 1",
  "UPDATE audit SET at_us = at_us + 1 WHERE number = 2",
  "UPDATE audit SET subject = 'job-2' WHERE number = 2",
  "UPDATE audit SET hash = (SELECT hash FROM audit WHERE number = 1) WHERE number = 3",
  "DELETE FROM audit WHERE number = 1",
  "DELETE FROM audit WHERE number = 2",
  "DELETE FROM audit WHERE number = 3",
  "DELETE FROM audit",
};

static void
test_altered_audit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql =
    g_strdup_printf ("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; %s",
                     (const char *) data);
  g_autoptr (JsonNode) lines = NULL;
  gboolean is_intact = TRUE;

  append_three (fixture);
  close_store (g_steal_pointer (&fixture->store));
  run_sql (fixture->path, sql);
  fixture->store = open_good_store (fixture->path);
  lines = list_audit (fixture->store, 0, &is_intact);
  g_assert_false (is_intact);
}

static void
assert_refused (Fixture *fixture, const char *sql)
{
  g_autofree char *message = try_sql (fixture->path, sql);

  g_assert_cmpstr (message, ==, "the audit trail is append-only");
}

static void
test_append_only (Fixture *fixture, gconstpointer data)
{
  append_three (fixture);
  assert_refused (fixture, "UPDATE audit SET action = 'x'");
  assert_refused (fixture, "DELETE FROM audit");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GHashTable) entries = make_entries ("a", NULL);
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  stoker_store_save_providers_async (fixture->store, entries, NULL, cancellable, keep_result_cb,
                                     &pending);
  result = wait_for (&pending);
  g_assert_false (stoker_store_write_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_providers (fixture, "");
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerStore *store = fixture->store;

  stoker_store_close_async (store, keep_result_cb, &pending);
  g_assert_false (append_audit (store, "too.late", NULL, NULL, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, fixture->path));
  result = wait_for (&pending);
  stoker_store_close_finish (store, result);
  g_clear_object (&result);
  drop_store (g_steal_pointer (&fixture->store));
}

/* Without waiting for anything: what was asked for is done before the file is closed. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) entries = make_entries ("a", NULL);
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  stoker_store_save_providers_async (fixture->store, entries, NULL, NULL, keep_result_cb, &pending);
  g_clear_object (&fixture->store);
  result = wait_for (&pending);
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  g_clear_object (&result);
  fixture->store = open_good_store (fixture->path);
  assert_providers (fixture, "{\"id\":\"a\",\"n\":1}");
}

static void
add (const char *path, void (*run) (Fixture *, gconstpointer), const char *data)
{
  g_test_add (path, Fixture, data, set_up, run, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/providers", test_providers, NULL);
  add ("/store/provider-order", test_provider_order, NULL);
  add ("/store/ledger", test_ledger, NULL);
  add ("/store/ledger-of-removed-job", test_ledger_of_removed_job, NULL);
  add ("/store/audit", test_audit, NULL);
  add ("/store/append-only", test_append_only, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tampering); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/altered-audit/%u", i);

      add (path, test_altered_audit, tampering[i]);
    }
  add ("/store/cancelled", test_cancelled, NULL);
  add ("/store/closed", test_closed, NULL);
  add ("/store/dropped", test_dropped, NULL);
  return g_test_run ();
}
