/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"

#include "stoker-cli-refresh.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-read-workload.h"

#include <glib/gi18n-lib.h>

static void
advice_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerAdvice) advice = stoker_give_advice_finish (result, &error);

  if (advice == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&advice), (GDestroyNotify) stoker_advice_unref);
}

static gboolean
ask (StokerCliContext *context, GTask **task, GError **error)
{
  g_autoptr (StokerWorkload) workload = NULL;
  g_autoptr (StokerOfferTable) offers = NULL;
  gboolean has_mode = FALSE;
  StokerMode mode = STOKER_MODE_BALANCED;

  if (!stoker_cli_advice_read_mode (context, &mode, &has_mode, error))
    return FALSE;

  workload = stoker_cli_advice_load_workload (context, error);
  if (workload == NULL)
    return FALSE;

  if (stoker_cli_context_get_text (context, "offers") != NULL)
    {
      offers = stoker_cli_advice_load_offers (context, error);
      if (offers == NULL)
        return FALSE;
    }

  stoker_give_advice_async (stoker_cli_context_get_workspace (context), workload,
                            has_mode ? &mode : NULL, offers,
                            stoker_cli_context_get_cancellable (context), advice_given_cb,
                            g_steal_pointer (task));
  return TRUE;
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  gboolean is_complete = FALSE;

  if (!stoker_cli_refresh_finish (context, result, &is_complete, &error) ||
      !ask (context, &task, &error))
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * stoker_cli_advice_read_mode:
 * @mode: (out): the value of `--mode`
 * @has_mode: (out): whether it was given
 */
gboolean
stoker_cli_advice_read_mode (StokerCliContext *context,
                             StokerMode *mode,
                             gboolean *has_mode,
                             GError **error)
{
  const char *text = stoker_cli_context_get_text (context, "mode");

  *has_mode = text != NULL;
  if (text == NULL)
    return TRUE;

  for (int i = 0; stoker_mode_names[i] != NULL; i++)
    if (g_str_equal (stoker_mode_names[i], text))
      {
        *mode = (StokerMode) i;
        return TRUE;
      }

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("--mode: “%s” is none of cost_saver, balanced, speed"), text);
  return FALSE;
}

/* What its user should know of it is said on standard error. */
static void
tell_notes (StokerCliContext *context, const StokerWorkloadFile *file, const char *path)
{
  for (gsize i = 0; file->notes != NULL && file->notes[i] != NULL; i++)
    stoker_cli_context_note (context, "%s: %s", path, file->notes[i]);
}

/**
 * stoker_cli_advice_load_workload:
 *
 * Reads the file that the first argument names, be it a workload, a ComfyUI graph or a picture that
 * holds one.
 *
 * Returns: (transfer full): the workload; %NULL with @error
 */
StokerWorkload *
stoker_cli_advice_load_workload (StokerCliContext *context, GError **error)
{
  g_autofree char *path =
    stoker_cli_context_get_path (context, stoker_cli_context_get_argument (context, 0));
  g_autoptr (StokerWorkloadFile) file = stoker_read_workload (path, error);

  if (file == NULL)
    return NULL;
  tell_notes (context, file, path);
  return stoker_workload_ref (file->workload);
}

/**
 * stoker_cli_advice_load_workflow:
 * @workload: (nullable): what is told beside it
 *
 * Reads the ComfyUI graph that `--workflow` names, also out of a picture that holds one.
 *
 * Returns: (transfer full): the workload that sends it; %NULL with @error
 */
StokerWorkload *
stoker_cli_advice_load_workflow (StokerCliContext *context,
                                 StokerWorkload *workload,
                                 GError **error)
{
  g_autofree char *path =
    stoker_cli_context_get_path (context, stoker_cli_context_get_text (context, "workflow"));
  g_autoptr (StokerWorkloadFile) file = stoker_read_workload (path, error);
  StokerWorkload *whole = NULL;

  if (file == NULL)
    return NULL;
  whole = stoker_workload_file_add_workflow (file, path, workload,
                                             stoker_cli_context_get_argument (context, 0), error);
  if (whole != NULL)
    tell_notes (context, file, path);
  return whole;
}

/**
 * stoker_cli_advice_load_offers:
 *
 * Returns: (transfer full): the offers of `--offers`, else the current ones; %NULL with @error
 */
StokerOfferTable *
stoker_cli_advice_load_offers (StokerCliContext *context, GError **error)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  const char *given = stoker_cli_context_get_text (context, "offers");
  g_autofree char *path = NULL;

  if (given == NULL)
    return stoker_list_current_offers (workspace);

  path = stoker_cli_context_get_path (context, given);
  return stoker_load_offers (workspace, path, error);
}

/**
 * stoker_cli_advice_ask_async:
 *
 * Asks the advisor about the workload of the first argument, with `--mode` and `--offers`, and with
 * `--refresh` the providers before. Those that do not answer are advised on by what is known.
 */
void
stoker_cli_advice_ask_async (StokerCliContext *context,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask)
    task = g_task_new (context, stoker_cli_context_get_cancellable (context), callback, user_data);

  g_task_set_source_tag (task, stoker_cli_advice_ask_async);
  stoker_cli_refresh_async (context, refreshed_cb, g_steal_pointer (&task));
}

/**
 * stoker_cli_advice_ask_finish:
 *
 * Returns: (transfer full): the advice
 */
StokerAdvice *
stoker_cli_advice_ask_finish (StokerCliContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
