/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-check-provider.h"
#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-register-provider.h"
#include "stoker-transfer-registry.h"

static const char *const ids_of_two[] = { "local", "rehearsal", NULL };

static void
assert_ids (StokerWorkspace *workspace, const char *const *ids)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);

  g_assert_cmpuint (g_list_model_get_n_items (providers), ==, g_strv_length ((GStrv) ids));
  for (guint i = 0; ids[i] != NULL; i++)
    g_assert_nonnull (stoker_workspace_lookup_provider (workspace, ids[i]));
}

static void
expect_refusal (StokerWorkspace *workspace, const char *json, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = test_session_register (workspace, json, &error);

  g_assert_null (provider);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, place));
  g_assert_nonnull (strstr (error->message, "payload.json"));
}

static void
test_local_is_always_there (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  g_assert_nonnull (stoker_workspace_lookup_provider (workspace, "local"));
  stoker_remove_provider_async (workspace, "local", NULL, test_session_take_result, &result);
  g_assert_false (stoker_remove_provider_finish (test_session_wait (&result), &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  g_assert_nonnull (stoker_workspace_lookup_provider (workspace, "local"));
  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_register_and_reopen (void)
{
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  provider = test_session_register (
    workspace,
    "{\"template_id\":\"simulated\",\"id\":\"rehearsal\",\"name\":\"Try Out\",\"priority\":5,"
    "\"meta\":{\"notes\":\"Demo project\"}}",
    &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stoker_provider_get_name (provider), ==, "Try Out");
  g_clear_object (&provider);
  test_session_close (workspace);

  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  assert_ids (workspace, ids_of_two);
  g_assert_cmpint (stoker_provider_get_priority (
                     stoker_workspace_lookup_provider (workspace, "rehearsal")),
                   ==, 5);

  stoker_remove_provider_async (workspace, "rehearsal", NULL, test_session_take_result, &result);
  stoker_remove_provider_finish (test_session_wait (&result), NULL);
  g_assert_null (stoker_workspace_lookup_provider (workspace, "rehearsal"));
  g_clear_object (&result);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_refusals (void)
{
  g_autoptr (StokerProvider) provider = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  expect_refusal (workspace, "{\"template_id\":\"nowhere\"}", "$.template_id");
  expect_refusal (workspace, "{\"template_id\":\"banana\"}", "$.template_id");
  expect_refusal (workspace, "{\"template_id\":\"simulated\",\"colour\":1}", "colour");
  expect_refusal (workspace, "{\"template_id\":\"simulated\",\"id\":\"../x\"}", "$.id");
  expect_refusal (workspace, "{\"template_id\":\"simulated\",\"config\":{\"nothing\":\"x\"}}",
                  "$.config.nothing");
  expect_refusal (workspace, "{\"template_id\":7}", "$.template_id");
  expect_refusal (workspace, "[]", "$");

  provider = test_session_register (workspace, "{\"template_id\":\"simulated\"}", NULL);
  g_assert_nonnull (provider);
  expect_refusal (workspace, "{\"template_id\":\"simulated\"}", "$.id");
  g_clear_object (&provider);
  test_session_close (workspace);
  test_session_clear ();
}

/* Without a keyring a key has nowhere to go: nothing is registered, and the text says what to do.
 */
static void
test_no_keyring (void)
{
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  provider = test_session_register (
    workspace, "{\"template_id\":\"replicate\",\"config\":{\"api_key\":\"r8_0123456789\"}}",
    &error);
  g_assert_null (provider);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  g_assert_null (strstr (error->message, "r8_0123456789"));
  g_assert_null (stoker_workspace_lookup_provider (workspace, "replicate"));
  g_assert_nonnull (stoker_workspace_get_keyring_message (workspace));
  test_session_close (workspace);
  test_session_clear ();
}

static StokerImportReport *
import (StokerWorkspace *workspace, const char *json, StokerImportFlags flags, GError **error)
{
  g_autoptr (JsonNode) document = stoker_json_parse (json, -1, "registry.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_import_registry_async (workspace, document, "registry.json", flags, NULL,
                                test_session_take_result, &result);
  return stoker_import_registry_finish (test_session_wait (&result), error);
}

#define TWO_ENTRIES                                                                       \
  "{\"providers\":[{\"template_id\":\"simulated\",\"id\":\"rehearsal\",\"name\":\"%s\"}," \
  "{\"template_id\":\"%s\",\"id\":\"second\"}]}"

static void
test_import (void)
{
  g_autoptr (StokerImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *good = g_strdup_printf (TWO_ENTRIES, "One", "ssh");
  g_autofree char *bad = g_strdup_printf (TWO_ENTRIES, "Two", "nowhere");
  g_autofree char *renamed = g_strdup_printf (TWO_ENTRIES, "Three", "ssh");
  StokerWorkspace *workspace;

  test_session_init ();
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);

  report = import (workspace, bad, STOKER_IMPORT_MERGE, &error);
  g_assert_null (report);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, "providers[1]"));
  g_assert_null (stoker_workspace_lookup_provider (workspace, "rehearsal"));
  g_clear_error (&error);

  report = import (workspace, good, STOKER_IMPORT_MERGE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->added->len, ==, 2);
  g_clear_pointer (&report, stoker_import_report_free);

  report = import (workspace, renamed, STOKER_IMPORT_NO_OVERWRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->skipped->len, ==, 2);
  g_assert_cmpstr (stoker_provider_get_name (
                     stoker_workspace_lookup_provider (workspace, "rehearsal")),
                   ==, "One");
  g_clear_pointer (&report, stoker_import_report_free);

  report = import (workspace,
                   "{\"providers\":[{\"template_id\":\"simulated\",\"id\":\"rehearsal\"}]}",
                   STOKER_IMPORT_REPLACE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->updated->len, ==, 1);
  g_assert_cmpuint (report->removed->len, ==, 1);
  assert_ids (workspace, ids_of_two);
  test_session_close (workspace);
  test_session_clear ();
}

static void
test_export_has_no_secret (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autofree char *text = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  g_setenv ("REPLICATE_API_TOKEN", "r8_test_0123456789", TRUE);
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  provider = test_session_register (workspace, "{\"template_id\":\"replicate\"}", NULL);
  g_assert_nonnull (provider);
  g_clear_object (&provider);

  stoker_export_registry_async (workspace, FALSE, NULL, test_session_take_result, &result);
  document = stoker_export_registry_finish (test_session_wait (&result), NULL);
  text = stoker_json_to_string (document, TRUE);
  g_assert_nonnull (strstr (text, "replicate"));
  g_assert_null (strstr (text, "r8_test_0123456789"));
  g_clear_object (&result);
  test_session_close (workspace);
  g_unsetenv ("REPLICATE_API_TOKEN");
  test_session_clear ();
}

/* A check is a request too: with the flag off nothing leaves the machine. */
static void
test_check_needs_flag (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (StokerHealth) health = NULL;
  g_autoptr (StokerProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  test_session_init ();
  g_setenv ("REPLICATE_API_TOKEN", "r8_test_0123456789", TRUE);
  workspace = test_session_open (STOKER_WORKSPACE_REGISTRY);
  provider = test_session_register (workspace, "{\"template_id\":\"replicate\"}", NULL);
  stoker_check_provider_async (workspace, provider, NULL, test_session_take_result, &result);
  health = stoker_check_provider_finish (test_session_wait (&result), &error);
  g_assert_null (health);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  g_assert_nonnull (strstr (error->message, "enable_public_gpu"));
  g_clear_object (&provider);
  g_clear_object (&result);
  test_session_close (workspace);
  g_unsetenv ("REPLICATE_API_TOKEN");
  test_session_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/registry/local-is-always-there", test_local_is_always_there);
  g_test_add_func ("/registry/register-and-reopen", test_register_and_reopen);
  g_test_add_func ("/registry/refusals", test_refusals);
  g_test_add_func ("/registry/no-keyring", test_no_keyring);
  g_test_add_func ("/registry/import", test_import);
  g_test_add_func ("/registry/export-has-no-secret", test_export_has_no_secret);
  g_test_add_func ("/registry/check-needs-flag", test_check_needs_flag);
  return g_test_run ();
}
