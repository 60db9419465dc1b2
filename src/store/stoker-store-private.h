/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-sqlite-private.h"
#include "stoker-store.h"

G_BEGIN_DECLS

typedef gboolean (*StokerStoreWriteFunc) (StokerSqlite *database, gpointer data, GError **error);
typedef gpointer (*StokerStoreReadFunc) (StokerSqlite *database, gpointer data, GError **error);

void stoker_store_push_write (StokerStore *self,
                              GTask *task,
                              StokerStoreWriteFunc write,
                              gpointer data,
                              GDestroyNotify free_data);
void stoker_store_push_read (StokerStore *self,
                             GTask *task,
                             StokerStoreReadFunc read,
                             GDestroyNotify free_result,
                             gpointer data,
                             GDestroyNotify free_data);

/*
 * What the store does on its worker thread. Everything from here on runs inside a transaction of
 * the caller, except the opening.
 */

/* The file: checks, migrations. */
#define STOKER_STORE_VERSION 3

StokerSqlite *stoker_store_file_open (const char *path, char **notice, GError **error);
gboolean stoker_store_migrate (StokerSqlite *database, GError **error);

/* The registry. */
typedef struct _StokerProviderChange StokerProviderChange;

StokerProviderChange *stoker_provider_change_new (GHashTable *entries,
                                                  const char *const *removed_ids);
void stoker_provider_change_free (StokerProviderChange *self);
gboolean stoker_provider_change_save (StokerSqlite *database, gpointer change, GError **error);
gboolean stoker_store_save_provider_order (StokerSqlite *database, gpointer ids, GError **error);
gpointer stoker_store_read_providers (StokerSqlite *database, gpointer unused, GError **error);

/* Jobs. A record is a copy of a job that the worker can read while the job goes on changing. */
typedef enum {
  STOKER_DOCUMENT_LOG,
  STOKER_DOCUMENT_WORKLOAD,
  STOKER_DOCUMENT_REQUEST,
  STOKER_DOCUMENT_ESTIMATE,
  STOKER_DOCUMENT_HISTORY,
  STOKER_DOCUMENT_LOG_DROPPED,
  STOKER_N_DOCUMENTS,
} StokerDocumentKind;

extern const char *const stoker_document_kind_names[];

typedef struct _StokerJobRecord StokerJobRecord;

StokerJobRecord *stoker_job_record_new (StokerJob *job, const StokerLedgerEntry *entry);
void stoker_job_record_free (StokerJobRecord *self);
gboolean stoker_job_record_save (StokerSqlite *database, gpointer record, GError **error);
gboolean stoker_store_delete_job (StokerSqlite *database, gpointer job_id, GError **error);
gpointer stoker_store_read_jobs (StokerSqlite *database, gpointer unused, GError **error);
gpointer stoker_store_read_documents (StokerSqlite *database, gpointer ids, GError **error);

/* Places in the queue: pairs of id and place. */
typedef struct
{
  char *job_id;
  gint64 place;
} StokerQueuePlace;

void stoker_queue_place_free (StokerQueuePlace *self);
gboolean stoker_store_save_queue_places (StokerSqlite *database, gpointer places, GError **error);
gboolean stoker_store_delete_jobs (StokerSqlite *database, gpointer ids, GError **error);

/* The ledger. */
StokerLedgerEntry *stoker_store_copy_ledger_entry (const StokerLedgerEntry *entry);
gboolean stoker_store_insert_ledger_entry (StokerSqlite *database,
                                           const StokerLedgerEntry *entry,
                                           GError **error);
gpointer stoker_store_read_ledger (StokerSqlite *database, gpointer since_us, GError **error);

/* The audit trail. */
typedef struct _StokerAuditLine StokerAuditLine;

typedef struct
{
  JsonNode *lines; /* owned */
  gboolean is_intact;
} StokerAuditListing;

StokerAuditLine *stoker_audit_line_new (const char *action, const char *subject, JsonNode *detail);
void stoker_audit_line_free (StokerAuditLine *self);
gboolean stoker_audit_line_append (StokerSqlite *database, gpointer line, GError **error);
gpointer stoker_store_read_audit (StokerSqlite *database, gpointer limit, GError **error);
void stoker_audit_listing_free (StokerAuditListing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerProviderChange, stoker_provider_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerJobRecord, stoker_job_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAuditLine, stoker_audit_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAuditListing, stoker_audit_listing_free)

G_END_DECLS
