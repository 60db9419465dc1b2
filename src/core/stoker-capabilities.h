/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"

G_BEGIN_DECLS

/*
 * What a connector can do. Each interface is small; a connector implements those that fit. The
 * asynchronous calls answer on the caller's main context and pass G_IO_ERROR_CANCELLED through.
 */

#define STOKER_TYPE_PROBE (stoker_probe_get_type ())
G_DECLARE_INTERFACE (StokerProbe, stoker_probe, STOKER, PROBE, GObject)

/* Is the provider there, and is the key good? A wrong key is an answer (a StokerHealth that is not
 * ok), not an error. */
struct _StokerProbeInterface
{
  GTypeInterface parent;
  void (*check_async) (StokerProbe *self,
                       StokerConnection *connection,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  StokerHealth *(*check_finish) (StokerProbe *self, GAsyncResult *result, GError **error);
};

void stoker_probe_check_async (StokerProbe *self,
                               StokerConnection *connection,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
StokerHealth *stoker_probe_check_finish (StokerProbe *self, GAsyncResult *result, GError **error);

#define STOKER_TYPE_OFFER_SOURCE (stoker_offer_source_get_type ())
G_DECLARE_INTERFACE (StokerOfferSource, stoker_offer_source, STOKER, OFFER_SOURCE, GObject)

/* What can be rented right now, at which price. */
struct _StokerOfferSourceInterface
{
  GTypeInterface parent;
  void (*list_async) (StokerOfferSource *self,
                      StokerConnection *connection,
                      StokerCatalog *catalog,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  StokerOfferTable *(*list_finish) (StokerOfferSource *self, GAsyncResult *result, GError **error);
};

void stoker_offer_source_list_async (StokerOfferSource *self,
                                     StokerConnection *connection,
                                     StokerCatalog *catalog,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
StokerOfferTable *
stoker_offer_source_list_finish (StokerOfferSource *self, GAsyncResult *result, GError **error);

typedef enum {
  STOKER_JOB_SUBMIT,
  STOKER_JOB_POLL,
  STOKER_JOB_CANCEL,
  STOKER_JOB_FETCH,
} StokerJobOperation;

#define STOKER_TYPE_JOB_RUNNER (stoker_job_runner_get_type ())
G_DECLARE_INTERFACE (StokerJobRunner, stoker_job_runner, STOKER, JOB_RUNNER, GObject)

/**
 * StokerJobRunner:
 *
 * Sends jobs and follows them. The four operations all answer with a #StokerJobReport. When a
 * submit fails in a way that leaves it open whether the backend took the job (time-out, broken
 * connection, 5xx), its error is %STOKER_ERROR_UNCERTAIN and the report is not known: the
 * scheduler then asks #StokerJobFinder, or holds the attempt as lost. Any other error of submit
 * means "not taken". `fetch` loads the outputs of a finished job into the request's output_dir: its
 * report's outputs have `path` set. `render` is pure: the requests a submit would send, secrets
 * masked.
 */
struct _StokerJobRunnerInterface
{
  GTypeInterface parent;
  void (*start_async) (StokerJobRunner *self,
                       StokerJobOperation operation,
                       StokerConnection *connection,
                       const StokerJobRequest *request,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  StokerJobReport *(*start_finish) (StokerJobRunner *self, GAsyncResult *result, GError **error);
  GPtrArray *(*render) (StokerJobRunner *self,
                        StokerConnection *connection,
                        const StokerJobRequest *request,
                        GError **error);
  /* Both NULL: its jobs leave nothing behind. */
  void (*release_async) (StokerJobRunner *self,
                         StokerConnection *connection,
                         const StokerJobRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  gboolean (*release_finish) (StokerJobRunner *self, GAsyncResult *result, GError **error);
};

void stoker_job_runner_start_async (StokerJobRunner *self,
                                    StokerJobOperation operation,
                                    StokerConnection *connection,
                                    const StokerJobRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
StokerJobReport *
stoker_job_runner_start_finish (StokerJobRunner *self, GAsyncResult *result, GError **error);
GPtrArray *stoker_job_runner_render (StokerJobRunner *self,
                                     StokerConnection *connection,
                                     const StokerJobRequest *request,
                                     GError **error);
void stoker_job_runner_release_async (StokerJobRunner *self,
                                      StokerConnection *connection,
                                      const StokerJobRequest *request,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
stoker_job_runner_release_finish (StokerJobRunner *self, GAsyncResult *result, GError **error);

#define STOKER_TYPE_JOB_FINDER (stoker_job_finder_get_type ())
G_DECLARE_INTERFACE (StokerJobFinder, stoker_job_finder, STOKER, JOB_FINDER, GObject)

/**
 * StokerJobFinder:
 *
 * Looks whether the backend took a request whose answer never came. Answers the reports (with
 * remote_id) of every job there that could be it: same token, or, where the backend keeps no name,
 * same input and created since request->intended_us. The scheduler leaves out the ones that belong
 * to other attempts. An empty array means "surely not taken"; %STOKER_ERROR_UNSUPPORTED means the
 * backend cannot tell.
 */
struct _StokerJobFinderInterface
{
  GTypeInterface parent;
  void (*find_async) (StokerJobFinder *self,
                      StokerConnection *connection,
                      const StokerJobRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GPtrArray *(*find_finish) (StokerJobFinder *self, GAsyncResult *result, GError **error);
};

void stoker_job_finder_find_async (StokerJobFinder *self,
                                   StokerConnection *connection,
                                   const StokerJobRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *
stoker_job_finder_find_finish (StokerJobFinder *self, GAsyncResult *result, GError **error);

G_END_DECLS
