/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-verb.h"

#include "stoker-cli-refresh.h"
#include "stoker-error.h"

static const StokerCliVerb *const groups[] = {
  stoker_verbs_advise, stoker_verbs_catalog, stoker_verbs_compare,   stoker_verbs_flags,
  stoker_verbs_jobs,   stoker_verbs_offers,  stoker_verbs_providers, stoker_verbs_register,
  stoker_verbs_spend,  stoker_verbs_submit,  stoker_verbs_transfer,
};

static const StokerCliVerb *
find (const char *line, int *n_used, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return stoker_cli_verb_find ((const char *const *) words, n_used, error);
}

static void
assert_found (const char *line, const char *name, const char *action, int n_used)
{
  g_autoptr (GError) error = NULL;
  int used = 0;
  const StokerCliVerb *verb = find (line, &used, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (verb->name, ==, name);
  g_assert_cmpstr (verb->action, ==, action);
  g_assert_cmpint (used, ==, n_used);
}

static void
test_verbs_and_actions_are_found (void)
{
  assert_found ("advise workload.json", "advise", NULL, 1);
  assert_found ("jobs", "jobs", "list", 1);
  assert_found ("catalog --json", "catalog", "list", 1);
  assert_found ("jobs show 1", "jobs", "show", 2);
  assert_found ("providers import-secrets f", "providers", "import-secrets", 2);
}

static void
test_unknown_ones_are_refused (void)
{
  const char *const lines[] = { "workflow", "budget list", "jobs dance", "jobs Show", "--json" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      int used = 0;

      g_assert_null (find (lines[i], &used, &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_null (strchr (error->message, '\n'));
    }
}

static void
check_verb (const StokerCliVerb *verb, const char *overview)
{
  g_autofree char *help = stoker_cli_verb_get_help (verb);
  g_autoptr (GArray) options = stoker_cli_verb_list_options (verb);
  g_autofree char *usage = g_strdup_printf ("stoker %s%s%s", verb->name,
                                            verb->action != NULL ? " " : "",
                                            verb->action != NULL ? verb->action : "");

  g_assert_true ((verb->run != NULL) != (verb->start != NULL));
  g_assert_true (verb->max_arguments < 0 || verb->max_arguments >= verb->min_arguments);
  g_assert_nonnull (strstr (overview, usage));
  g_assert_nonnull (strstr (help, verb->summary));
  for (const GOptionEntry *option = (const GOptionEntry *) options->data; option->long_name != NULL;
       option++)
    {
      g_assert_null (option->arg_data);
      g_assert_nonnull (strstr (help, option->long_name));
    }
  /* The running instance follows the jobs: whoever needs the scheduler asks it. */
  if (((verb->parts | verb->live_parts) & STOKER_WORKSPACE_SCHEDULER) != 0)
    g_assert_true (verb->changes_things);
}

static void
test_every_verb_explains_itself (void)
{
  g_autofree char *overview = stoker_cli_verb_get_overview (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const StokerCliVerb *verb = groups[i]; verb->name != NULL; verb++)
      check_verb (verb, overview);
}

static void
test_thinking_needs_neither_keyring_nor_scheduler (void)
{
  const char *const lines[] = { "advise",       "offers",       "compare",
                                "catalog list", "catalog show", "catalog validate" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      int used = 0;
      const StokerCliVerb *verb = find (lines[i], &used, NULL);

      g_assert_cmpint (verb->parts & (StokerWorkspaceParts) ~STOKER_WORKSPACE_REGISTRY, ==, 0);
      if (verb->live_parts != 0)
        g_assert_cmpint (verb->live_parts, ==, STOKER_CLI_REFRESH_PARTS);
      g_assert_cmpint (verb->live_parts & STOKER_WORKSPACE_SCHEDULER, ==, 0);
      g_assert_false (verb->changes_things);
    }
}

static void
test_overview_of_one_verb_has_only_its_actions (void)
{
  g_autofree char *overview = stoker_cli_verb_get_overview ("jobs");

  g_assert_nonnull (strstr (overview, "stoker jobs cancel"));
  g_assert_null (strstr (overview, "stoker advise"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli-verb/found", test_verbs_and_actions_are_found);
  g_test_add_func ("/cli-verb/unknown", test_unknown_ones_are_refused);
  g_test_add_func ("/cli-verb/explained", test_every_verb_explains_itself);
  g_test_add_func ("/cli-verb/thinking", test_thinking_needs_neither_keyring_nor_scheduler);
  g_test_add_func ("/cli-verb/overview", test_overview_of_one_verb_has_only_its_actions);

  return g_test_run ();
}
