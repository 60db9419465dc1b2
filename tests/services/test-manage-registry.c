/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-duplicate-provider.h"
#include "stoker-error.h"
#include "stoker-list-spending.h"
#include "stoker-order-providers.h"
#include "stoker-order-queue.h"
#include "stoker-register-provider.h"
#include "stoker-run-job.h"
#include "stoker-save-registry.h"
#include "stoker-transfer-registry.h"

#include <glib/gstdio.h>

/* Reordering, copying and previewing: what is done with providers that are there. */

static char *
list_ids (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", stoker_provider_get_id (provider));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_order (StokerWorkspace *workspace, const char *order)
{
  g_autofree char *ids = list_ids (workspace);

  g_assert_cmpstr (ids, ==, order);
}

static void
assert_unique_priorities (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      g_assert_cmpint (stoker_provider_get_priority (provider), ==, (int) i + 1);
    }
}

static StokerWorkspace *
open_with_three (void)
{
  static const char *const ids[] = { "one", "two", "three" };
  StokerWorkspace *workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("{\"template_id\":\"simulated\",\"id\":\"%s\",\"name\":\"%s\"}", ids[i],
                         ids[i]);
      g_autoptr (StokerProvider) provider = test_session_register (workspace, json, NULL);

      g_assert_nonnull (provider);
    }
  return workspace;
}

static gboolean
order (StokerWorkspace *workspace, const char *ids, GError **error)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_order_providers_async (workspace, (const char *const *) list, NULL,
                                test_session_take_result, &result);
  return stoker_order_providers_finish (test_session_wait (&result), error);
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_order (void)
{
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = open_with_three ();
  assert_order (workspace, "local one three two");
  g_assert_true (order (workspace, "two local", &error));
  g_assert_no_error (error);
  assert_order (workspace, "two local one three");
  assert_unique_priorities (workspace);

  g_assert_true (order (workspace, "local one three two", &error));
  assert_order (workspace, "local one three two");
  g_assert_true (order (workspace, "two three one local", &error));
  assert_order (workspace, "two three one local");
  assert_unique_priorities (workspace);
  test_session_close (workspace);

  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  assert_order (workspace, "two three one local");
  assert_unique_priorities (workspace);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_order_refusals (void)
{
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = open_with_three ();
  g_assert_false (order (workspace, "two nobody", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, "nobody"));
  g_clear_error (&error);
  g_assert_false (order (workspace, "two two", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  assert_order (workspace, "local one three two");
  test_session_close (workspace);
  test_session_clear ();
}

/* What shows the list is told of the one that moved, not of a new list. */
static void
test_order_moves_one (void)
{
  StokerWorkspace *workspace;
  guint n_changes = 0;

  test_session_init ();
  workspace = open_with_three ();
  g_assert_true (order (workspace, "local one three two", NULL));
  g_signal_connect_swapped (stoker_workspace_get_providers (workspace), "items-changed",
                            G_CALLBACK (count_cb), &n_changes);
  g_assert_true (order (workspace, "local one two three", NULL));
  assert_order (workspace, "local one two three");
  g_assert_cmpuint (n_changes, ==, 2);
  test_session_close (workspace);
  test_session_clear ();
}

static StokerProvider *
duplicate (StokerWorkspace *workspace, const char *id, gboolean copies_keys, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_duplicate_provider_async (workspace, id, copies_keys, NULL, test_session_take_result,
                                   &result);
  return stoker_duplicate_provider_finish (test_session_wait (&result), error);
}

static void
test_duplicate (void)
{
  g_autoptr (StokerProvider) copy = NULL;
  g_autoptr (StokerProvider) second = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = open_with_three ();
  copy = duplicate (workspace, "two", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stoker_provider_get_id (copy), ==, "two-2");
  g_assert_cmpstr (stoker_provider_get_name (copy), ==, "two (copy)");
  g_assert_cmpstr (stoker_provider_get_template_id (copy), ==, "simulated");
  g_assert_null (stoker_provider_get_health (copy));
  assert_order (workspace, "local one three two two-2");
  second = duplicate (workspace, "two-2", FALSE, NULL);
  g_assert_cmpstr (stoker_provider_get_id (second), ==, "two-3");

  g_assert_null (duplicate (workspace, "nobody", FALSE, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_clear_error (&error);
  g_assert_null (duplicate (workspace, "local", FALSE, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  g_clear_object (&copy);
  g_clear_object (&second);
  test_session_close (workspace);
  test_session_clear ();
}

/* Here no keyring runs: with its keys the copy cannot be made, and nothing is left behind. */
static void
test_duplicate_needs_keyring (void)
{
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = open_with_three ();
  g_assert_null (duplicate (workspace, "two", TRUE, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  assert_order (workspace, "local one three two");
  test_session_close (workspace);
  test_session_clear ();
}

static StokerImportReport *
preview (StokerWorkspace *workspace, const char *json, StokerImportFlags flags)
{
  g_autoptr (JsonNode) document = stoker_json_parse (json, -1, "registry.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerImportReport *report;

  stoker_import_registry_async (workspace, document, "registry.json", flags | STOKER_IMPORT_PREVIEW,
                                NULL, test_session_take_result, &result);
  report = stoker_import_registry_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return report;
}

static void
test_preview (void)
{
  static const char document[] =
    "[{\"template_id\":\"simulated\",\"id\":\"one\",\"name\":\"New name\"},"
    "{\"template_id\":\"ssh\",\"id\":\"four\"},{\"template_id\":\"nowhere\",\"id\":\"five\"},"
    "{\"template_id\":\"simulated\",\"id\":\"one\"}]";
  g_autoptr (StokerImportReport) report = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = open_with_three ();
  report = preview (workspace, document, STOKER_IMPORT_REPLACE);
  g_assert_cmpuint (report->added->len, ==, 1);
  g_assert_cmpstr (report->added->pdata[0], ==, "four");
  g_assert_cmpuint (report->updated->len, ==, 1);
  g_assert_cmpuint (report->removed->len, ==, 2);
  g_assert_cmpuint (report->rejected->len, ==, 2);
  g_assert_nonnull (strstr (report->rejected->pdata[0], "[2].template_id"));
  g_assert_nonnull (strstr (report->rejected->pdata[1], "[3].id"));
  g_clear_pointer (&report, stoker_import_report_free);

  report = preview (workspace, document, STOKER_IMPORT_NO_OVERWRITE);
  g_assert_cmpuint (report->skipped->len, ==, 1);
  g_assert_cmpuint (report->removed->len, ==, 0);

  assert_order (workspace, "local one three two");
  g_assert_cmpstr (stoker_provider_get_name (stoker_workspace_lookup_provider (workspace, "one")),
                   ==, "one");
  test_session_close (workspace);
  test_session_clear ();
}

static StokerImportReport *
import (StokerWorkspace *workspace, const char *json, StokerImportFlags flags)
{
  g_autoptr (JsonNode) document = stoker_json_parse (json, -1, "registry.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerImportReport *report;

  stoker_import_registry_async (workspace, document, "registry.json", flags, NULL,
                                test_session_take_result, &result);
  report = stoker_import_registry_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return report;
}

/* The queue is paused: the job stays where it is. */
static void
queue_job (StokerWorkspace *workspace, const char *provider)
{
  g_autoptr (JsonNode) json = stoker_json_parse ("{\"name\":\"Night shift\"}", -1, "w.json", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (json, "w.json", NULL);
  g_autoptr (StokerJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerSubmission submission = { .workload = workload, .provider_id = provider, .is_live = TRUE };

  stoker_submit_job_async (workspace, &submission, NULL, test_session_take_result, &result);
  job = stoker_submit_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (job);
}

/* An import that replaces leaves those that still work, and says so; so does a removal. */
static void
test_import_keeps_the_busy (void)
{
  static const char document[] =
    "[{\"template_id\":\"simulated\",\"id\":\"one\",\"name\":\"one\"}]";
  static const char told[] = "\"held\":[\"two\"]";
  g_autoptr (StokerImportReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *text = NULL;
  StokerWorkspace *workspace = NULL;

  test_session_init ();
  workspace = open_with_three ();
  test_session_close (workspace);
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  stoker_queue_set_paused (workspace, TRUE);
  queue_job (workspace, "two");
  stoker_queue_set_paused (workspace, FALSE);
  test_session_close (workspace);
  /* Read from the disk, as the command line does without a running instance. */
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS);
  report = preview (workspace, document, STOKER_IMPORT_REPLACE);
  g_assert_cmpuint (report->held->len, ==, 1);
  g_assert_cmpstr (report->held->pdata[0], ==, "two");
  g_assert_cmpuint (report->removed->len, ==, 1);
  json = stoker_import_report_to_json (report);
  text = stoker_json_to_string (json, FALSE);
  g_assert_nonnull (strstr (text, told));
  g_clear_pointer (&report, stoker_import_report_free);

  report = import (workspace, document, STOKER_IMPORT_REPLACE);
  g_assert_cmpuint (report->held->len, ==, 1);
  g_assert_cmpstr (report->removed->pdata[0], ==, "three");
  assert_order (workspace, "local one two");

  stoker_remove_provider_async (workspace, "two", NULL, test_session_take_result, &result);
  g_assert_false (stoker_remove_provider_finish (test_session_wait (&result), &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  assert_order (workspace, "local one two");
  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

static gboolean
save (StokerWorkspace *workspace, const char *path, gboolean includes_secrets, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_save_registry_async (workspace, file, includes_secrets, NULL, test_session_take_result,
                              &result);
  return stoker_save_registry_finish (test_session_wait (&result), error);
}

/* A file that everybody may read is there already: the new one is its owner's alone. */
static void
test_save (void)
{
  static const char key[] = "r8_test_0123456789";
  g_autofree char *path = NULL;
  g_autofree char *with_keys = NULL;
  g_autofree char *without_keys = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  StokerWorkspace *workspace;

  test_session_init ();
  g_setenv ("REPLICATE_API_TOKEN", key, TRUE);
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  provider = test_session_register (workspace, "{\"template_id\":\"replicate\"}", NULL);
  g_clear_object (&provider);
  path = g_build_filename (g_getenv ("XDG_DATA_HOME"), "saved.json", NULL);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);

  g_assert_true (save (workspace, path, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &with_keys, NULL, NULL));
  g_assert_nonnull (strstr (with_keys, key));

  g_assert_true (save (workspace, path, FALSE, &error));
  g_assert_true (g_file_get_contents (path, &without_keys, NULL, NULL));
  g_assert_nonnull (strstr (without_keys, "replicate"));
  g_assert_null (strstr (without_keys, key));

  g_assert_false (save (workspace, "/nonexistent/saved.json", FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  test_session_close (workspace);
  g_unsetenv ("REPLICATE_API_TOKEN");
  test_session_clear ();
}

static void
add_line (
  GPtrArray *entries, StokerLedgerKind kind, const char *job, const char *provider, gint64 dollars)
{
  StokerLedgerEntry *entry = stoker_ledger_entry_new (kind, job, provider,
                                                      stoker_money_usd (
                                                        dollars * G_GINT64_CONSTANT (1000000000)));

  entry->at_us = entries->len + 1;
  g_ptr_array_add (entries, entry);
}

static void
assert_spent (GPtrArray *entries, const char *provider, gint64 since_us, const char *decimal)
{
  g_autofree char *sum = stoker_money_to_decimal (
    stoker_sum_spending (entries, provider, since_us));

  g_assert_cmpstr (sum, ==, decimal);
}

static void
test_sum_spending (void)
{
  g_autoptr (GPtrArray)
    entries = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_ledger_entry_free);

  assert_spent (entries, NULL, 0, "0");
  add_line (entries, STOKER_LEDGER_ESTIMATED, "a", "one", 100);
  add_line (entries, STOKER_LEDGER_ACCRUED, "a", "one", 3);
  add_line (entries, STOKER_LEDGER_ACCRUED, "b", "one", 5);
  add_line (entries, STOKER_LEDGER_BILLED, "b", "one", 4);
  add_line (entries, STOKER_LEDGER_ACCRUED, "c", "two", 7);
  assert_spent (entries, "one", 0, "7");
  assert_spent (entries, "two", 0, "7");
  assert_spent (entries, NULL, 0, "14");
  assert_spent (entries, "one", 3, "4");
  assert_spent (entries, "nobody", 0, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/manage-registry/order", test_order);
  g_test_add_func ("/manage-registry/order-refusals", test_order_refusals);
  g_test_add_func ("/manage-registry/order-moves-one", test_order_moves_one);
  g_test_add_func ("/manage-registry/duplicate", test_duplicate);
  g_test_add_func ("/manage-registry/duplicate-needs-keyring", test_duplicate_needs_keyring);
  g_test_add_func ("/manage-registry/preview", test_preview);
  g_test_add_func ("/manage-registry/import-keeps-the-busy", test_import_keeps_the_busy);
  g_test_add_func ("/manage-registry/save", test_save);
  g_test_add_func ("/manage-registry/sum-spending", test_sum_spending);
  return g_test_run ();
}
