/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"
#include "stoker-connector-set-private.h"
#include "stoker-job-list.h"
#include "stoker-scheduler-private.h"
#include "stoker-secret-store.h"
#include "stoker-store.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* The fields are for stoker-workspace.c and stoker-workspace-open.c; everybody else has the
 * functions below. */
struct _StokerWorkspace
{
  GObject parent_instance;

  StokerWorkspaceParts parts;
  StokerCatalog *catalog;         /* owned */
  StokerGpuSpecs *gpu_specs;      /* owned */
  StokerLiveOffers *live_offers;  /* owned */
  StokerSettings *settings;       /* owned */
  StokerStore *store;             /* owned, nullable */
  StokerSecretStore *secrets;     /* owned, nullable */
  StokerConnectorSet *connectors; /* owned */
  StokerScheduler *scheduler;     /* owned, nullable */
  GListStore *providers;          /* owned */
  StokerJobList *jobs;            /* owned */
  char *keyring_message;          /* owned, nullable */
  char *notice;                   /* owned, nullable */
  gboolean is_cut_off;
  gboolean is_closed;
};

/* What only the use cases may see of the workspace. */
StokerStore *stoker_workspace_get_store (StokerWorkspace *self);
StokerSecretStore *stoker_workspace_get_secrets (StokerWorkspace *self);
GObject *stoker_workspace_get_connector (StokerWorkspace *self, StokerProfile *profile);
gboolean stoker_workspace_require_store (StokerWorkspace *self, GTask *task);
gboolean stoker_workspace_require_scheduler (StokerWorkspace *self, GTask *task);
void stoker_workspace_put_provider (StokerWorkspace *self, StokerProvider *provider);
void stoker_workspace_drop_provider (StokerWorkspace *self, const char *id);
void stoker_workspace_sort_providers (StokerWorkspace *self);
gboolean stoker_workspace_has_unfinished_jobs (StokerWorkspace *self, const char *provider_id);
void stoker_workspace_put_job (StokerWorkspace *self, StokerJob *job);
void stoker_workspace_follow_job (StokerWorkspace *self, StokerJob *job);
void stoker_workspace_sort_queue (StokerWorkspace *self);
void stoker_workspace_set_cut_off (StokerWorkspace *self, gboolean is_cut_off);
void stoker_workspace_wake_scheduler (StokerWorkspace *self);
void stoker_workspace_cancel_in_scheduler (StokerWorkspace *self, StokerJob *job);
void stoker_workspace_confirm_in_scheduler (StokerWorkspace *self, StokerJob *job);

/* Profile, configuration and secrets of a provider, ready for a connector. */
void stoker_workspace_connect_async (StokerWorkspace *self,
                                     StokerProvider *provider,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
StokerConnection *
stoker_workspace_connect_finish (StokerWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
