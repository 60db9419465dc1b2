/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-store.h"

G_BEGIN_DECLS

/* The store's calls for tests, which wait for the answer. A call that takes longer than 60 s fails
 * the test. */
StokerStore *open_store (const char *path, GError **error);
StokerStore *open_good_store (const char *path);
void close_store (StokerStore *store);
void drop_store (StokerStore *store);
gboolean save_providers (StokerStore *store,
                         GHashTable *entries,
                         const char *const *removed_ids,
                         GError **error);
gboolean
save_job (StokerStore *store, StokerJob *job, const StokerLedgerEntry *entry, GError **error);
gboolean order_providers (StokerStore *store, const char *const *ids, GError **error);
gboolean remove_job (StokerStore *store, const char *job_id, GError **error);
gboolean append_audit (
  StokerStore *store, const char *action, const char *subject, JsonNode *detail, GError **error);
GPtrArray *load_providers (StokerStore *store);
GPtrArray *load_jobs (StokerStore *store);      /* with their documents */
GPtrArray *load_bare_jobs (StokerStore *store); /* as the store gives them */
GPtrArray *load_documents (StokerStore *store, const char *const *ids);
GPtrArray *list_ledger (StokerStore *store, gint64 since_us);
JsonNode *list_audit (StokerStore *store, guint limit, gboolean *is_intact);

GAsyncResult *wait_for (GAsyncResult **result);
void keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* A folder of its own, and its removal with everything in it. */
char *make_folder (void);
void remove_folder (const char *folder);

/* The file seen from outside of the store. */
void run_sql (const char *path, const char *sql);
char *try_sql (const char *path, const char *sql);
char *query_sql (const char *path, const char *sql);

StokerJob *make_job (const char *id, gint64 created_us);
char *print_job (StokerJob *job);

G_END_DECLS
