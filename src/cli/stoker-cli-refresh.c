/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-refresh.h"

#include "stoker-error.h"
#include "stoker-refresh-offers.h"
#include "stoker-time.h"

#include <glib/gi18n-lib.h>

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerRefreshReport) report = stoker_refresh_all_offers_finish (result, &error);

  if (report == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < report->failures->len; i++)
    stoker_cli_context_note (context, "%s", (const char *) report->failures->pdata[i]);
  if (report->n_asked == 0)
    stoker_cli_context_note (context, "%s",
                             _ ("no registered provider that is active has a list of offers to ask "
                                "for"));
  g_task_return_boolean (task, report->n_answered == report->n_asked);
}

/**
 * stoker_cli_refresh_async:
 *
 * With `--refresh`, asks the registered providers for their offers; else nobody. Who does not
 * answer is told on standard error.
 */
void
stoker_cli_refresh_async (StokerCliContext *context,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask)
    task = g_task_new (context, stoker_cli_context_get_cancellable (context), callback, user_data);

  g_task_set_source_tag (task, stoker_cli_refresh_async);
  if (!stoker_cli_context_get_flag (context, "refresh"))
    g_task_return_boolean (task, TRUE);
  else if (stoker_cli_context_get_text (context, "offers") != NULL)
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                             _ ("--offers and --refresh do not go together"));
  else
    stoker_refresh_all_offers_async (stoker_cli_context_get_workspace (context), NULL, NULL,
                                     stoker_cli_context_get_cancellable (context), refreshed_cb,
                                     g_object_ref (task));
}

/**
 * stoker_cli_refresh_finish:
 * @is_complete: (out): whether all who were asked have answered
 *
 * Returns: %FALSE with @error when it was interrupted, or the options do not go together
 */
gboolean
stoker_cli_refresh_finish (StokerCliContext *context,
                           GAsyncResult *result,
                           gboolean *is_complete,
                           GError **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  *is_complete = g_task_propagate_boolean (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static char *
describe_age (StokerProvider *provider, gint64 asked_us, gint64 now_us)
{
  g_autofree char *age = stoker_age_format (asked_us, now_us);

  if (stoker_live_offers_are_fresh (asked_us, now_us))
    return g_strdup_printf ("%s, %s", stoker_provider_get_name (provider), age);
  return g_strdup_printf (_ ("%s, %s, which is too old to count"),
                          stoker_provider_get_name (provider), age);
}

/**
 * stoker_cli_refresh_print_ages:
 *
 * Prints which providers were asked for their prices, and when.
 */
void
stoker_cli_refresh_print_ages (StokerCliContext *context)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  StokerLiveOffers *live = stoker_workspace_get_live_offers (workspace);
  GListModel *providers = stoker_workspace_get_providers (workspace);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      gint64 asked_us = stoker_live_offers_get_asked_us (live, provider);
      g_autofree char *age = NULL;

      if (asked_us == 0)
        continue;
      age = describe_age (provider, asked_us, g_get_real_time ());
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", age);
    }
  if (text->len > 0)
    stoker_cli_context_print (context, _ ("\nPrices asked live: %s\n"), text->str);
}
