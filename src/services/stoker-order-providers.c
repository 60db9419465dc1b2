/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-order-providers.h"

#include "stoker-error.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GPtrArray *providers; /* owned, of StokerProvider, in the new order */
  GArray *priorities;   /* owned, of int: those from before, for the case that the write fails */
} Ordering;

static void
ordering_free (Ordering *self)
{
  g_ptr_array_unref (self->providers);
  g_array_unref (self->priorities);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Ordering, ordering, ordering_free)

static Ordering *
ordering_new (void)
{
  Ordering *self = g_new0 (Ordering, 1);

  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  self->priorities = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

static void
ordering_add (Ordering *self, StokerProvider *provider)
{
  int priority = stoker_provider_get_priority (provider);

  g_ptr_array_add (self->providers, g_object_ref (provider));
  g_array_append_val (self->priorities, priority);
}

static gboolean
add_named (StokerWorkspace *workspace, const char *const *ids, Ordering *state, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      StokerProvider *provider = stoker_workspace_lookup_provider (workspace, ids[i]);

      if (provider == NULL)
        g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("there is no provider “%s”"),
                     ids[i]);
      else if (g_ptr_array_find (state->providers, provider, NULL))
        g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("“%s” is named twice"), ids[i]);
      else
        {
          ordering_add (state, provider);
          continue;
        }
      return FALSE;
    }
  return TRUE;
}

static void
add_others (StokerWorkspace *workspace, Ordering *state)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  guint length = g_list_model_get_n_items (providers);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (!g_ptr_array_find (state->providers, provider, NULL))
        ordering_add (state, provider);
    }
}

static void
did_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Ordering *state = stoker_task_get_ordering_state (task);
  GError *error = NULL;

  if (stoker_store_write_finish (STOKER_STORE (source), result, &error))
    {
      stoker_store_append_audit_async (STOKER_STORE (source), "provider.order", NULL, NULL, NULL,
                                       NULL, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }
  for (guint i = 0; i < state->providers->len; i++)
    stoker_provider_set_priority (state->providers->pdata[i],
                                  g_array_index (state->priorities, int, i));
  stoker_workspace_sort_providers (workspace);
  g_task_return_error (task, error);
}

/* The providers change at once, so that whatever else is written meanwhile knows its place. */
static void
store_order (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Ordering *state = stoker_task_get_ordering_state (task);
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) json_node_unref);

  for (guint i = 0; i < state->providers->len; i++)
    {
      StokerProvider *provider = state->providers->pdata[i];

      stoker_provider_set_priority (provider, (int) i + 1);
      g_hash_table_insert (entries, g_strdup (stoker_provider_get_id (provider)),
                           stoker_provider_to_json (provider));
    }
  stoker_workspace_sort_providers (workspace);
  stoker_store_save_providers_async (stoker_workspace_get_store (workspace), entries, NULL,
                                     g_task_get_cancellable (task), did_store, g_object_ref (task));
}

/**
 * stoker_order_providers_async:
 * @workspace: the workspace
 * @ids: (array zero-terminated=1): ids of registered providers, the first choice first
 * @cancellable: (nullable): to give up
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Puts these providers first, in this order; the others follow as they were. Afterwards each has a
 * priority of its own. When the write fails, all is as before.
 */
void
stoker_order_providers_async (StokerWorkspace *workspace,
                              const char *const *ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  Ordering *state = ordering_new ();
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_order_providers_async);
  stoker_task_set_ordering_state (task, state);
  if (!stoker_workspace_require_store (workspace, task))
    return;
  if (!add_named (workspace, ids, state, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  add_others (workspace, state);
  store_order (task);
}

/**
 * stoker_order_providers_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when it was written; %STOKER_ERROR_CONFIG for an id that is not there or is named
 * twice
 */
gboolean
stoker_order_providers_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_order_providers_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
