/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* What is to be sent where. */
typedef struct
{
  StokerWorkload *workload;
  const char *provider_id;
  const char *name;                 /* nullable: taken from the workload */
  const StokerCandidate *candidate; /* nullable: the offer and estimate it was chosen for */
  gboolean
    is_live; /* the caller's wish; without flag and credentials it is a dry run all the same */
  const char *const *acknowledged; /* nullable: the warnings its user has confirmed */
  StokerAdvice
    *advice; /* nullable: where @candidate is from; says where to go when it fails there */
  const char *plan_id;             /* nullable: without @candidate, the plan it is to run on */
  const char *const *alternatives; /* nullable: the only providers that it may go on at, whatever
                                      the setting says; needs @advice and @candidate */
  const char *gpu; /* nullable: without @candidate, the GPU it is to run on, or part of its name */
} StokerSubmission;

/* What is missing before this workload can be sent to this provider, or NULL. */
char *stoker_describe_missing_input (StokerWorkload *workload, StokerProfile *profile);
char *stoker_describe_missing_input_for_plan (StokerWorkload *workload,
                                              StokerProfile *profile,
                                              const char *plan_id);

/*
 * Use case: send a job. Live, it returns once the intention is on disk: the scheduler sends it. As
 * a dry run it returns a finished job whose request is the envelope of stoker_dry_run_envelope().
 * A live wish that may not be carried out is an error (STOKER_ERROR_HELD) that says what is
 * missing.
 */
void stoker_submit_job_async (StokerWorkspace *workspace,
                              const StokerSubmission *submission,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
StokerJob *stoker_submit_job_finish (GAsyncResult *result, GError **error);

/* The requests that would leave the machine and whether they might:
 * {"feature","pricing_url","docs_url","last_checked","capabilities",
 * "dry_run","execution_allowed","ok","warnings","estimate","id","requests"}. Secrets are masked. */
void stoker_preview_job_async (StokerWorkspace *workspace,
                               const StokerSubmission *submission,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JsonNode *stoker_preview_job_finish (GAsyncResult *result, GError **error);

/* Where it may go on when it cannot run where it is. */
GStrv stoker_job_list_alternatives (StokerJob *job);

/* Ends a job at the provider; a job still waiting here ends at once. The job's state tells the
 * outcome. */
void stoker_cancel_job_async (StokerWorkspace *workspace,
                              StokerJob *job,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean stoker_cancel_job_finish (GAsyncResult *result, GError **error);

/* Another attempt of a job that ended badly; on @provider_id when given. */
void stoker_retry_job_async (StokerWorkspace *workspace,
                             StokerJob *job,
                             const char *provider_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void stoker_retry_job_on_async (StokerWorkspace *workspace,
                                StokerJob *job,
                                StokerAdvice *advice,
                                guint index,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean stoker_retry_job_finish (GAsyncResult *result, GError **error);

/* Waits until the job is in a final state. */
void stoker_wait_job_async (StokerWorkspace *workspace,
                            StokerJob *job,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean stoker_wait_job_finish (GAsyncResult *result, GError **error);

/* Waits until a live job is safely in the provider's hands, or ended. */
void stoker_wait_handed_over_async (StokerWorkspace *workspace,
                                    StokerJob *job,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean stoker_wait_handed_over_finish (GAsyncResult *result, GError **error);

G_END_DECLS
