/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_IMPORT_MERGE = 0,
  STOKER_IMPORT_REPLACE =
    1 << 0, /* entries that are not in the file go, but local and those in use */
  STOKER_IMPORT_NO_OVERWRITE = 1 << 1, /* entries that exist already stay as they are */
  STOKER_IMPORT_PREVIEW = 1 << 2, /* only tells what would be done; wrong entries are no error */
} StokerImportFlags;

/* What an import did, or would do: ids, each array of char*. */
typedef struct
{
  GPtrArray *added;
  GPtrArray *updated;
  GPtrArray *skipped;
  GPtrArray *removed;
  GPtrArray *rejected; /* of a preview: for each wrong entry, what is wrong with it */
  GPtrArray *held;     /* kept though not in the file: jobs there are not finished */
} StokerImportReport;

void stoker_import_report_free (StokerImportReport *self);
JsonNode *stoker_import_report_to_json (const StokerImportReport *self);

/* Use case: the registry as a JSON document {"version":1,"providers":[…]}. Secrets only when asked
 * for. */
void stoker_export_registry_async (StokerWorkspace *workspace,
                                   gboolean includes_secrets,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JsonNode *stoker_export_registry_finish (GAsyncResult *result, GError **error);

/* All or nothing: when one entry is wrong nothing changes and the error names every wrong entry.
 * Also takes a bare array of entries. */
void stoker_import_registry_async (StokerWorkspace *workspace,
                                   JsonNode *document,
                                   const char *file,
                                   StokerImportFlags flags,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
StokerImportReport *stoker_import_registry_finish (GAsyncResult *result, GError **error);

/* Use case: the seeds' secrets file. Keys of registered providers go to the keyring; returns how
 * many; the file is left alone. */
void stoker_import_secrets_async (StokerWorkspace *workspace,
                                  JsonNode *document,
                                  const char *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
int stoker_import_secrets_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerImportReport, stoker_import_report_free)

G_END_DECLS
