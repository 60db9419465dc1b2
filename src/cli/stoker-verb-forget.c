/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-forget-everything.h"

#include <glib/gi18n-lib.h>

static const GOptionEntry options[] = {
  { "yes", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("It is meant; without this nothing happens"), NULL },
  { "outputs", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Delete downloaded files too"), NULL },
  { NULL },
};

static void
forgot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_forget_everything_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_cli_context_print (g_task_get_source_object (task), "%s\n",
                            _ ("Everything is forgotten."));
  g_task_return_int (task, STOKER_CLI_DONE);
}

static void
start_forget (StokerCliContext *context, GTask *task)
{
  if (!stoker_cli_context_get_flag (context, "yes"))
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s",
                               _ ("forget deletes keys, providers, jobs, spending and preferences "
                                  "for good; say --yes when that is meant"));
      g_object_unref (task);
      return;
    }
  stoker_forget_everything_async (stoker_cli_context_get_workspace (context),
                                  stoker_cli_context_get_flag (context, "outputs"),
                                  stoker_cli_context_get_cancellable (context), forgot_cb, task);
}

/* Never handed over: a window that runs would be left without its database. */
const StokerCliVerb stoker_verbs_forget[] = {
  {
    .name = "forget",
    .arguments = "",
    .summary = N_ ("Delete keys, providers, jobs, spending and preferences from this computer"),
    .options = options,
    .parts = STOKER_WORKSPACE_ALL,
    .start = start_forget,
  },
  { NULL },
};
