/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-connector.h"
#include "stoker-job-pricer.h"
#include "stoker-machine-host.h"
#include "stoker-run.h"

G_BEGIN_DECLS

struct _StokerHttpConnector
{
  GObject parent_instance;

  StokerHttpClient *client; /* owned */
  GHashTable *manifests;    /* owned: StokerProfile → StokerManifest */
  StokerTokens *tokens;     /* owned */
  GHashTable *logs;         /* owned: job → what was read of its log so far */
};

const StokerManifest *stoker_http_connector_find_manifest (StokerHttpConnector *self,
                                                           StokerConnection *connection,
                                                           GError **error);
StokerRun *stoker_http_connector_make_run (StokerHttpConnector *self,
                                           const char *name,
                                           StokerConnection *connection,
                                           const StokerJobRequest *request,
                                           GError **error);

/* Gives the result of @task out of a finished operation; NULL with @error set. */
typedef gpointer (*StokerRunReader) (const StokerRun *run, GTask *task, GError **error);

void stoker_http_connector_start (GTask *task,
                                  StokerRun *run,
                                  GError *error,
                                  GAsyncReadyCallback callback);
void stoker_http_connector_answer (
  GTask *task, StokerRun *run, GError *error, StokerRunReader read, GDestroyNotify free_result);

void stoker_http_job_runner_init (StokerJobRunnerInterface *iface);
void stoker_http_job_finder_init (StokerJobFinderInterface *iface);
void stoker_http_job_pricer_init (StokerJobPricerInterface *iface);
void stoker_http_machine_host_init (StokerMachineHostInterface *iface);
void stoker_http_action_runner_init (StokerActionRunnerInterface *iface);

/* A log that is read piece by piece. */
GHashTable *stoker_log_memory_new (void);
StokerRun *stoker_log_memory_make_run (StokerHttpConnector *self, const StokerRun *poll);
void
stoker_log_memory_add (StokerHttpConnector *self, const StokerRun *logs, StokerJobReport *report);
void stoker_log_memory_forget (StokerHttpConnector *self, const StokerJobRequest *request);

G_END_DECLS
