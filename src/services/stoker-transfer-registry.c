/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-transfer-registry.h"

#include "stoker-error.h"
#include "stoker-registration-private.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

#define MAX_ENTRIES 1000

/* One entry of an import, read and waiting for the others. */
typedef struct
{
  StokerProvider *provider; /* owned */
  GHashTable *secrets;      /* owned */
} Incoming;

typedef struct
{
  StokerImportFlags flags;
  GPtrArray *incoming;        /* owned, of Incoming */
  guint next;                 /* whose secrets are saved next */
  StokerImportReport *report; /* owned */
} Import;

static void
incoming_free (Incoming *self)
{
  g_clear_object (&self->provider);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_free (self);
}

static void
import_free (Import *self)
{
  g_clear_pointer (&self->incoming, g_ptr_array_unref);
  g_clear_pointer (&self->report, stoker_import_report_free);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Import, import, import_free)

static StokerImportReport *
import_report_new (void)
{
  StokerImportReport *self = g_new0 (StokerImportReport, 1);

  self->added = g_ptr_array_new_with_free_func (g_free);
  self->updated = g_ptr_array_new_with_free_func (g_free);
  self->skipped = g_ptr_array_new_with_free_func (g_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->rejected = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * stoker_import_report_free:
 * @self: (transfer full): a report
 *
 * Frees a report.
 */
void
stoker_import_report_free (StokerImportReport *self)
{
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->updated);
  g_ptr_array_unref (self->skipped);
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->rejected);
  g_ptr_array_unref (self->held);
  g_free (self);
}

static void
add_ids (JsonBuilder *builder, const char *name, GPtrArray *ids)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    json_builder_add_string_value (builder, ids->pdata[i]);
  json_builder_end_array (builder);
}

/**
 * stoker_import_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): {"added","updated","skipped","removed"}, arrays of ids; "held" with the
 * ids and "rejected" with the mistakes when there are some
 */
JsonNode *
stoker_import_report_to_json (const StokerImportReport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_ids (builder, "added", self->added);
  add_ids (builder, "updated", self->updated);
  add_ids (builder, "skipped", self->skipped);
  add_ids (builder, "removed", self->removed);
  if (self->held->len > 0)
    add_ids (builder, "held", self->held);
  if (self->rejected->len > 0)
    add_ids (builder, "rejected", self->rejected);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* Reading: every entry, all mistakes. */

static gboolean
find_entries (const StokerJsonPlace *root, StokerJsonPlace *list, GError **error)
{
  if (root->node != NULL && JSON_NODE_HOLDS_ARRAY (root->node))
    {
      *list = *root;
      return stoker_json_expect_array (list, MAX_ENTRIES, error);
    }
  return stoker_json_expect_object (root, error) &&
         stoker_json_get_array (root, "providers", STOKER_JSON_REQUIRED, MAX_ENTRIES, list, error);
}

static gboolean
check_unique (GHashTable *ids,
              const StokerJsonPlace *place,
              StokerProvider *provider,
              GError **error)
{
  StokerJsonPlace id = stoker_json_member (place, "id");

  if (g_hash_table_add (ids, g_strdup (stoker_provider_get_id (provider))))
    return TRUE;
  stoker_json_set_error (error, &id, "“%s” is in the file twice",
                         stoker_provider_get_id (provider));
  return FALSE;
}

static Incoming *
decode_entry (const StokerJsonPlace *place, StokerCatalog *catalog, GHashTable *ids, GError **error)
{
  Incoming *incoming = g_new0 (Incoming, 1);

  incoming->secrets = stoker_secret_table_new ();
  incoming->provider = stoker_registration_decode (place, catalog, incoming->secrets, error);
  if (incoming->provider != NULL && check_unique (ids, place, incoming->provider, error))
    return incoming;
  incoming_free (incoming);
  return NULL;
}

/* The good entries; what is wrong with the others goes to @mistakes. */
static GPtrArray *
decode_entries (const StokerJsonPlace *list, StokerCatalog *catalog, GPtrArray *mistakes)
{
  GPtrArray *incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) incoming_free);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < stoker_json_length (list); i++)
    {
      StokerJsonPlace place = stoker_json_element (list, i);
      g_autoptr (GError) local_error = NULL;
      Incoming *entry = decode_entry (&place, catalog, ids, &local_error);

      if (entry != NULL)
        g_ptr_array_add (incoming, entry);
      else
        g_ptr_array_add (mistakes, g_strdup (local_error->message));
    }
  return incoming;
}

/* Each wrong entry is named; with several the messages stand side by side in the one line. */
static gboolean
check_mistakes (GPtrArray *mistakes, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (mistakes->len == 0)
    return TRUE;
  for (guint i = 0; i < mistakes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", (const char *) mistakes->pdata[i]);
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG, text->str);
  return FALSE;
}

static gboolean
read_document (StokerWorkspace *workspace,
               const StokerJsonPlace *root,
               Import *state,
               GError **error)
{
  StokerJsonPlace list;

  if (!find_entries (root, &list, error))
    return FALSE;
  state->incoming = decode_entries (&list, stoker_workspace_get_catalog (workspace),
                                    state->report->rejected);
  return (state->flags & STOKER_IMPORT_PREVIEW) != 0 ||
         check_mistakes (state->report->rejected, error);
}

/* Sorting what is new from what is there. */

static void
sort_incoming (StokerWorkspace *workspace, Import *state)
{
  for (guint i = 0; i < state->incoming->len;)
    {
      Incoming *incoming = state->incoming->pdata[i];
      const char *id = stoker_provider_get_id (incoming->provider);
      gboolean is_there = stoker_workspace_lookup_provider (workspace, id) != NULL;

      if (is_there && (state->flags & STOKER_IMPORT_NO_OVERWRITE))
        {
          g_ptr_array_add (state->report->skipped, g_strdup (id));
          g_ptr_array_remove_index (state->incoming, i);
          continue;
        }
      g_ptr_array_add (is_there ? state->report->updated : state->report->added, g_strdup (id));
      i++;
    }
}

static gboolean
is_in_report (StokerImportReport *report, const char *id)
{
  return g_ptr_array_find_with_equal_func (report->updated, id, g_str_equal, NULL) ||
         g_ptr_array_find_with_equal_func (report->skipped, id, g_str_equal, NULL) ||
         g_ptr_array_find_with_equal_func (report->added, id, g_str_equal, NULL);
}

static void
list_removed (StokerWorkspace *workspace, Import *state)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  guint length = g_list_model_get_n_items (providers);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      const char *id = stoker_provider_get_id (provider);

      if (g_str_equal (id, STOKER_PROVIDER_LOCAL_ID) || is_in_report (state->report, id))
        continue;
      g_ptr_array_add (stoker_workspace_has_unfinished_jobs (workspace, id)
                         ? state->report->held
                         : state->report->removed,
                       g_strdup (id));
    }
}

/* Writing: keys first, then all entries in one transaction. */

static void
clear_removed_secrets (StokerWorkspace *workspace, Import *state)
{
  for (guint i = 0; i < state->report->removed->len; i++)
    {
      const char *id = state->report->removed->pdata[i];

      stoker_workspace_drop_provider (workspace, id);
      stoker_secret_store_clear_async (stoker_workspace_get_secrets (workspace), id, NULL, NULL,
                                       NULL);
    }
}

static void
return_report (GTask *task)
{
  Import *state = stoker_task_get_import_state (task);

  g_task_return_pointer (task, g_steal_pointer (&state->report),
                         (GDestroyNotify) stoker_import_report_free);
}

static void
did_store_entries (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Import *state = stoker_task_get_import_state (task);
  g_autoptr (JsonNode) detail = stoker_import_report_to_json (state->report);
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < state->incoming->len; i++)
    stoker_workspace_put_provider (workspace, ((Incoming *) state->incoming->pdata[i])->provider);
  clear_removed_secrets (workspace, state);
  stoker_store_append_audit_async (STOKER_STORE (source), "registry.import", NULL, detail, NULL,
                                   NULL, NULL);
  return_report (task);
}

static void
store_entries (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Import *state = stoker_task_get_import_state (task);
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) json_node_unref);

  for (guint i = 0; i < state->incoming->len; i++)
    {
      Incoming *incoming = state->incoming->pdata[i];

      g_hash_table_insert (entries, g_strdup (stoker_provider_get_id (incoming->provider)),
                           stoker_provider_to_json (incoming->provider));
    }
  g_ptr_array_add (state->report->removed, NULL);
  stoker_store_save_providers_async (stoker_workspace_get_store (workspace), entries,
                                     (const char *const *) state->report->removed->pdata,
                                     g_task_get_cancellable (task), did_store_entries,
                                     g_object_ref (task));
  g_ptr_array_remove_index (state->report->removed, state->report->removed->len - 1);
}

static void save_next_secrets (GTask *task);

static void
did_save_secrets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_secret_store_save_finish (STOKER_SECRET_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    save_next_secrets (task);
}

static void
save_next_secrets (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Import *state = stoker_task_get_import_state (task);

  while (state->next < state->incoming->len)
    {
      Incoming *incoming = state->incoming->pdata[state->next++];

      if (g_hash_table_size (incoming->secrets) == 0)
        continue;
      stoker_secret_store_save_async (stoker_workspace_get_secrets (workspace),
                                      stoker_provider_get_id (incoming->provider),
                                      stoker_provider_get_name (incoming->provider),
                                      incoming->secrets, g_task_get_cancellable (task),
                                      did_save_secrets, g_object_ref (task));
      return;
    }
  store_entries (task);
}

/**
 * stoker_import_registry_async:
 * @workspace: the workspace
 * @document: {"providers":[…]} or a bare array, of entries in either form
 * @file: what to call it in an error
 * @flags: how it meets what is there
 * @cancellable: (nullable): to give up
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Imports a registry, all or nothing; or, with %STOKER_IMPORT_PREVIEW, tells what that would change
 * and changes nothing. A provider with unfinished jobs is never removed, but told as held.
 */
void
stoker_import_registry_async (StokerWorkspace *workspace,
                              JsonNode *document,
                              const char *file,
                              StokerImportFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  StokerJsonPlace root = stoker_json_root (document, file);
  Import *state = g_new0 (Import, 1);
  GError *error = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  state->flags = flags;
  state->report = import_report_new ();
  g_task_set_source_tag (task, stoker_import_registry_async);
  stoker_task_set_import_state (task, state);
  if (!stoker_workspace_require_store (workspace, task))
    return;

  if (!read_document (workspace, &root, state, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  sort_incoming (workspace, state);
  if (flags & STOKER_IMPORT_REPLACE)
    list_removed (workspace, state);
  if (flags & STOKER_IMPORT_PREVIEW)
    return_report (task);
  else
    save_next_secrets (task);
}

/**
 * stoker_import_registry_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): what was done; or %NULL and nothing was changed in the registry:
 * %STOKER_ERROR_CONFIG names each wrong entry
 */
StokerImportReport *
stoker_import_registry_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_import_registry_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
