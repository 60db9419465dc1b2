/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store.h"

#include "stoker-store-private.h"

/* The typed calls of the store: each copies what it is given and hands it to the worker. */

/**
 * stoker_store_load_providers_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: data for @callback
 *
 * Reads the registry, in its order.
 */
void
stoker_store_load_providers_async (StokerStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_store_load_providers_async);
  stoker_store_push_read (self, task, stoker_store_read_providers,
                          (GDestroyNotify) g_ptr_array_unref, NULL, NULL);
}

/**
 * stoker_store_load_providers_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_store_load_providers_async().
 *
 * Returns: (transfer full) (nullable): array of JsonNode, entries in the form of the registry
 */
GPtrArray *
stoker_store_load_providers_finish (StokerStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_load_providers_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_store_save_providers_async:
 * @self: a store
 * @entries: (nullable): id → JsonNode, without secrets
 * @removed_ids: (nullable): ids of entries that go
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Writes a change of the registry, all or nothing. An entry that was there keeps its place; new
 * ones come last, in the order of their ids.
 */
void
stoker_store_save_providers_async (StokerStore *self,
                                   GHashTable *entries,
                                   const char *const *removed_ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_provider_change_save,
                           stoker_provider_change_new (entries, removed_ids),
                           (GDestroyNotify) stoker_provider_change_free);
}

/**
 * stoker_store_order_providers_async:
 * @self: a store
 * @ids: provider ids
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Puts these entries of the registry first, in this order; the others follow as they were.
 */
void
stoker_store_order_providers_async (StokerStore *self,
                                    const char *const *ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_store_save_provider_order, g_strdupv ((GStrv) ids),
                           (GDestroyNotify) g_strfreev);
}

/**
 * stoker_store_load_jobs_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: data for @callback
 *
 * Reads all jobs with their attempts and artifacts, newest first. Log, workload, request and
 * estimate come along only with jobs that have not ended: see stoker_store_load_documents_async().
 */
void
stoker_store_load_jobs_async (StokerStore *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_store_load_jobs_async);
  stoker_store_push_read (self, task, stoker_store_read_jobs, (GDestroyNotify) g_ptr_array_unref,
                          NULL, NULL);
}

/**
 * stoker_store_load_jobs_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_store_load_jobs_async().
 *
 * Returns: (transfer full) (nullable): array of #StokerJob
 */
GPtrArray *
stoker_store_load_jobs_finish (StokerStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_load_jobs_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_store_load_documents_async:
 * @self: a store
 * @job_ids: ids of jobs
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: data for @callback
 *
 * Reads what stoker_store_load_jobs_async() leaves in the database.
 */
void
stoker_store_load_documents_async (StokerStore *self,
                                   const char *const *job_ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_store_load_documents_async);
  stoker_store_push_read (self, task, stoker_store_read_documents,
                          (GDestroyNotify) g_ptr_array_unref, g_strdupv ((GStrv) job_ids),
                          (GDestroyNotify) g_strfreev);
}

/**
 * stoker_store_load_documents_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_store_load_documents_async().
 *
 * Returns: (transfer full) (nullable): array of #StokerJob, one for each id, which have nothing but
 * their id and their documents
 */
GPtrArray *
stoker_store_load_documents_finish (StokerStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_load_documents_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
copy_places (GPtrArray *jobs)
{
  GPtrArray *places = g_ptr_array_new_full (jobs->len, (GDestroyNotify) stoker_queue_place_free);

  for (guint i = 0; i < jobs->len; i++)
    {
      StokerQueuePlace *place = g_new (StokerQueuePlace, 1);

      place->job_id = g_strdup (stoker_job_get_id (jobs->pdata[i]));
      place->place = stoker_job_get_queue_place (jobs->pdata[i]);
      g_ptr_array_add (places, place);
    }
  return places;
}

/**
 * stoker_store_save_queue_async:
 * @self: a store
 * @jobs: (element-type StokerJob): jobs whose place in the queue has changed
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Writes the places of jobs in the queue, all or nothing.
 */
void
stoker_store_save_queue_async (StokerStore *self,
                               GPtrArray *jobs,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_store_save_queue_places, copy_places (jobs),
                           (GDestroyNotify) g_ptr_array_unref);
}

/**
 * stoker_store_save_job_async:
 * @self: a store
 * @job: a job; the state it has now is what is written
 * @entry: (nullable): a ledger line that belongs to the change
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Writes a job with its attempts and artifacts, and the ledger line, all or nothing. A log is only
 * written when it has changed.
 */
void
stoker_store_save_job_async (StokerStore *self,
                             StokerJob *job,
                             const StokerLedgerEntry *entry,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_job_record_save, stoker_job_record_new (job, entry),
                           (GDestroyNotify) stoker_job_record_free);
}

/**
 * stoker_store_remove_job_async:
 * @self: a store
 * @job_id: id of a job; one that is not there is no error
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Removes a job, its attempts and artifacts. What it cost stays in the ledger.
 */
void
stoker_store_remove_job_async (StokerStore *self,
                               const char *job_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_store_delete_job, g_strdup (job_id), g_free);
}

/**
 * stoker_store_remove_jobs_async:
 * @self: a store
 * @job_ids: ids of jobs; one that is not there is no error
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Removes jobs as stoker_store_remove_job_async() does, all or nothing.
 */
void
stoker_store_remove_jobs_async (StokerStore *self,
                                const char *const *job_ids,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_store_delete_jobs, g_strdupv ((GStrv) job_ids),
                           (GDestroyNotify) g_strfreev);
}

/**
 * stoker_store_list_ledger_async:
 * @self: a store
 * @since_us: the earliest time wanted; 0: everything
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: data for @callback
 *
 * Reads the ledger, oldest first.
 */
void
stoker_store_list_ledger_async (StokerStore *self,
                                gint64 since_us,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_store_list_ledger_async);
  stoker_store_push_read (self, task, stoker_store_read_ledger, (GDestroyNotify) g_ptr_array_unref,
                          g_memdup2 (&since_us, sizeof since_us), g_free);
}

/**
 * stoker_store_list_ledger_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_store_list_ledger_async().
 *
 * Returns: (transfer full) (nullable): array of #StokerLedgerEntry
 */
GPtrArray *
stoker_store_list_ledger_finish (StokerStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_list_ledger_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_store_append_audit_async:
 * @self: a store
 * @action: what was done, a short word with dots
 * @subject: (nullable): to what: an id
 * @detail: (nullable): more about it; never a secret
 * @cancellable: (nullable): cancels it before its turn
 * @callback: called when it is on disk; ends with stoker_store_write_finish()
 * @user_data: data for @callback
 *
 * Adds a line of the present time to the audit trail.
 */
void
stoker_store_append_audit_async (StokerStore *self,
                                 const char *action,
                                 const char *subject,
                                 JsonNode *detail,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  stoker_store_push_write (self, g_task_new (self, cancellable, callback, user_data),
                           stoker_audit_line_append,
                           stoker_audit_line_new (action, subject, detail),
                           (GDestroyNotify) stoker_audit_line_free);
}

/**
 * stoker_store_list_audit_async:
 * @self: a store
 * @limit: how many lines at most; 0: all
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: data for @callback
 *
 * Reads the newest lines of the audit trail, newest first, and checks the whole chain.
 */
void
stoker_store_list_audit_async (StokerStore *self,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_store_list_audit_async);
  stoker_store_push_read (self, task, stoker_store_read_audit,
                          (GDestroyNotify) stoker_audit_listing_free,
                          g_memdup2 (&limit, sizeof limit), g_free);
}

/**
 * stoker_store_list_audit_finish:
 * @self: a store
 * @result: the result
 * @is_intact: (out) (optional): whether every line of the trail is there and as it was written
 * @error: return location
 *
 * Ends stoker_store_list_audit_async().
 *
 * Returns: (transfer full) (nullable): array of `{"at","at_us","action","subject","detail","hash"}`
 */
JsonNode *
stoker_store_list_audit_finish (StokerStore *self,
                                GAsyncResult *result,
                                gboolean *is_intact,
                                GError **error)
{
  g_autoptr (StokerAuditListing) listing = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_list_audit_async), NULL);

  listing = g_task_propagate_pointer (G_TASK (result), error);
  if (listing == NULL)
    return NULL;
  if (is_intact != NULL)
    *is_intact = listing->is_intact;
  return g_steal_pointer (&listing->lines);
}
