/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-catalog.h"
#include "stoker-gpu-specs.h"
#include "stoker-job.h"
#include "stoker-live-offers.h"
#include "stoker-provider.h"
#include "stoker-settings.h"

G_BEGIN_DECLS

/* What a caller needs of the workspace; the thinking verbs need little and so start fast. */
typedef enum {
  STOKER_WORKSPACE_CATALOG = 0,        /* catalog and GPU table only */
  STOKER_WORKSPACE_REGISTRY = 1 << 0,  /* the database and the registered providers */
  STOKER_WORKSPACE_JOBS = 1 << 1,      /* the stored jobs too */
  STOKER_WORKSPACE_SECRETS = 1 << 2,   /* may ask the keyring */
  STOKER_WORKSPACE_SCHEDULER = 1 << 3, /* take the scheduler's lock, recover and follow jobs */
} StokerWorkspaceParts;

#define STOKER_WORKSPACE_ALL                                                      \
  (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_JOBS | STOKER_WORKSPACE_SECRETS | \
   STOKER_WORKSPACE_SCHEDULER)

#define STOKER_TYPE_WORKSPACE (stoker_workspace_get_type ())

/**
 * StokerWorkspace:
 *
 * What every face stands on: the catalog, the registered providers and the jobs as live list
 * models, the settings, and (unseen by the faces) the database, the keyring and the connectors. The
 * use cases in the other headers of this folder work on it.
 *
 * Properties: `keyring-message` (nullable text: what is wrong with the keyring and what to do),
 * `notice` (nullable text about the database), `is-scheduler` (this process follows the jobs),
 * `is-cut-off` (none of the providers that were asked in the background could be reached).
 */
G_DECLARE_FINAL_TYPE (StokerWorkspace, stoker_workspace, STOKER, WORKSPACE, GObject)

void stoker_workspace_open_async (StokerWorkspaceParts parts,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
StokerWorkspace *stoker_workspace_open_finish (GAsyncResult *result, GError **error);
void stoker_workspace_close_async (StokerWorkspace *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void stoker_workspace_close_finish (StokerWorkspace *self, GAsyncResult *result);

StokerCatalog *stoker_workspace_get_catalog (StokerWorkspace *self);
StokerGpuSpecs *stoker_workspace_get_gpu_specs (StokerWorkspace *self);
StokerLiveOffers *stoker_workspace_get_live_offers (StokerWorkspace *self);
StokerSettings *stoker_workspace_get_settings (StokerWorkspace *self);
GListModel *
stoker_workspace_get_providers (StokerWorkspace *self);        /* of StokerProvider, by priority */
GListModel *stoker_workspace_get_jobs (StokerWorkspace *self); /* of StokerJob, newest first */
StokerProvider *stoker_workspace_lookup_provider (StokerWorkspace *self, const char *id);
StokerJob *stoker_workspace_lookup_job (StokerWorkspace *self, const char *id);
StokerProfile *stoker_workspace_get_profile (StokerWorkspace *self, StokerProvider *provider);
gboolean stoker_workspace_is_open (StokerWorkspace *self);
gboolean stoker_workspace_is_scheduler (StokerWorkspace *self);
gboolean stoker_workspace_is_cut_off (StokerWorkspace *self);
const char *stoker_workspace_get_keyring_message (StokerWorkspace *self);
gboolean stoker_workspace_is_keyring_locked (StokerWorkspace *self);
void stoker_workspace_probe_keyring (StokerWorkspace *self);
const char *stoker_workspace_get_notice (StokerWorkspace *self);
void stoker_workspace_unlock_keyring_async (StokerWorkspace *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean stoker_workspace_unlock_keyring_finish (StokerWorkspace *self,
                                                 GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
