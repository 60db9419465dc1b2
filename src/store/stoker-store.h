/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"
#include "stoker-ledger-entry.h"

G_BEGIN_DECLS

#define STOKER_TYPE_STORE (stoker_store_get_type ())

/**
 * StokerStore:
 *
 * The database: `stoker.db` (SQLite, WAL, synchronous=FULL) on one worker thread. A `_finish`
 * returns once the change is on disk. Objects given in are copied before the call returns; objects
 * given out belong to the caller. Every error is %STOKER_ERROR_STORAGE with the file's name, and
 * %STOKER_ERROR_UNSUPPORTED for a file of a newer version.
 */
G_DECLARE_FINAL_TYPE (StokerStore, stoker_store, STOKER, STORE, GObject)

void stoker_store_open_async (const char *path,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
StokerStore *stoker_store_open_finish (GAsyncResult *result, GError **error);
const char *stoker_store_get_notice (StokerStore *self);
void stoker_store_close_async (StokerStore *self, GAsyncReadyCallback callback, gpointer user_data);
void stoker_store_close_finish (StokerStore *self, GAsyncResult *result);

/* Every writing call ends with this. */
gboolean stoker_store_write_finish (StokerStore *self, GAsyncResult *result, GError **error);

/* The registry: entries in the provider-entry form, without secrets. All of @entries (id →
 * JsonNode) in one transaction. */
void stoker_store_load_providers_async (StokerStore *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *
stoker_store_load_providers_finish (StokerStore *self, GAsyncResult *result, GError **error);
void stoker_store_save_providers_async (StokerStore *self,
                                        GHashTable *entries,
                                        const char *const *removed_ids,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void stoker_store_order_providers_async (StokerStore *self,
                                         const char *const *ids,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

/* Jobs: the row, its attempts and its artifacts in one transaction, together with ledger and audit
 * lines when given. */
void stoker_store_load_jobs_async (StokerStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *stoker_store_load_jobs_finish (StokerStore *self, GAsyncResult *result, GError **error);
void stoker_store_load_documents_async (StokerStore *self,
                                        const char *const *job_ids,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *
stoker_store_load_documents_finish (StokerStore *self, GAsyncResult *result, GError **error);
void stoker_store_save_queue_async (StokerStore *self,
                                    GPtrArray *jobs,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void stoker_store_save_job_async (StokerStore *self,
                                  StokerJob *job,
                                  const StokerLedgerEntry *entry,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void stoker_store_remove_job_async (StokerStore *self,
                                    const char *job_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void stoker_store_remove_jobs_async (StokerStore *self,
                                     const char *const *job_ids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* The ledger. Of one job at most one accrued line is kept: a newer one replaces it. */
void stoker_store_list_ledger_async (StokerStore *self,
                                     gint64 since_us,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
stoker_store_list_ledger_finish (StokerStore *self, GAsyncResult *result, GError **error);

/* The audit trail: append-only, each line holds the SHA-256 of the one before it. */
void stoker_store_append_audit_async (StokerStore *self,
                                      const char *action,
                                      const char *subject,
                                      JsonNode *detail,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void stoker_store_list_audit_async (StokerStore *self,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
JsonNode *stoker_store_list_audit_finish (StokerStore *self,
                                          GAsyncResult *result,
                                          gboolean *is_intact,
                                          GError **error);

G_END_DECLS
