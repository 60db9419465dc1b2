/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-estimate.h"

G_BEGIN_DECLS

/**
 * StokerJobState:
 *
 * queued → provisioning → running → one of the ends. @STOKER_JOB_SUBMITTING is the time between the
 * intention being on disk and the provider's answer; @STOKER_JOB_LOST is "we can not tell what
 * became of it", which is never taken for done;
 * @STOKER_JOB_WAITING waits in our own queue, or for the next try.
 */
typedef enum {
  STOKER_JOB_WAITING,
  STOKER_JOB_SUBMITTING,
  STOKER_JOB_QUEUED,
  STOKER_JOB_PROVISIONING,
  STOKER_JOB_RUNNING,
  STOKER_JOB_FETCHING,
  STOKER_JOB_SUCCEEDED,
  STOKER_JOB_FAILED,
  STOKER_JOB_CANCELLED,
  STOKER_JOB_LOST,
} StokerJobState;

extern const char *const stoker_job_state_names[];
gboolean stoker_job_state_is_final (StokerJobState state);

/* What a job means to its owner. Attention is a job that cannot go on by itself: it is lost, or
 * something is wrong before its end. A job that was cancelled ended as it was asked to. */
typedef enum {
  STOKER_JOB_IS_RUNNING,
  STOKER_JOB_NEEDS_ATTENTION,
  STOKER_JOB_IS_DONE,
  STOKER_JOB_HAS_FAILED,
  STOKER_N_JOB_STANDINGS,
} StokerJobStanding;

/* An output file. path is set once it is here. */
typedef struct
{
  char *name;
  char *path;       /* nullable: not fetched yet */
  char *media_type; /* nullable */
  gint64 bytes;     /* -1 unknown */
  char *checksum;   /* nullable: SHA-256, hexadecimal */
} StokerArtifact;

/* One try of a job on one provider. */
typedef struct
{
  gint64 id;
  int number; /* from 1 */
  char *provider_id;
  char *token;     /* unique name that travels with the request */
  char *remote_id; /* nullable */
  StokerJobState state;
  char *message; /* nullable: last cause */
  gint64 started_us;
  gint64 ended_us;
  StokerMoney accrued;
  JsonNode
    *handle; /* nullable: what the backend's submit left for later steps; kept with the attempt */
} StokerAttempt;

StokerArtifact *stoker_artifact_new (const char *name);
void stoker_artifact_free (StokerArtifact *self);
StokerAttempt *stoker_attempt_new (const char *provider_id, const char *token);
StokerAttempt *stoker_attempt_copy (const StokerAttempt *self);
void stoker_attempt_free (StokerAttempt *self);

#define STOKER_TYPE_JOB (stoker_job_get_type ())

/**
 * StokerJob:
 *
 * A workload sent somewhere, as the faces show it: a live object whose properties notify. Only the
 * scheduler and the store write to it, on the main thread. Properties: id, name, provider-id,
 * provider-name (the id until somebody sets it), state (int), progress (0…1, -1 unknown), stage,
 * message, error-code, is-dry-run, is-live (not at one of its ends yet), estimated, accrued (as
 * formatted text), created, started, ended, retry-at, log, gpu.
 */
G_DECLARE_FINAL_TYPE (StokerJob, stoker_job, STOKER, JOB, GObject)

StokerJob *stoker_job_new (const char *id, const char *name, const char *provider_id);

const char *stoker_job_get_id (StokerJob *self);
const char *stoker_job_get_name (StokerJob *self);
const char *stoker_job_get_provider_id (StokerJob *self);
const char *stoker_job_get_provider_name (StokerJob *self);
StokerJobState stoker_job_get_state (StokerJob *self);
double stoker_job_get_progress (StokerJob *self);
const char *stoker_job_get_stage (StokerJob *self);
const char *stoker_job_get_message (StokerJob *self);
int stoker_job_get_error_code (StokerJob *self);
gint64 stoker_job_get_retry_at (StokerJob *self);
gboolean stoker_job_get_dry_run (StokerJob *self);
StokerMoney stoker_job_get_estimated (StokerJob *self);
StokerMoney stoker_job_get_accrued (StokerJob *self);
gint64 stoker_job_get_created (StokerJob *self);
gint64 stoker_job_get_started (StokerJob *self);
gint64 stoker_job_get_ended (StokerJob *self);
const char *stoker_job_get_log (StokerJob *self);
gint64 stoker_job_get_log_dropped (StokerJob *self);
JsonNode *stoker_job_get_workload (StokerJob *self);
JsonNode *stoker_job_get_request (StokerJob *self);
JsonNode *stoker_job_get_estimate (StokerJob *self);
const char *stoker_job_get_gpu (StokerJob *self);
gint64 stoker_job_get_queue_place (StokerJob *self);
StokerJobStanding stoker_job_get_standing (StokerJob *self);
gboolean stoker_job_has_documents (StokerJob *self);
GPtrArray *stoker_job_get_attempts (StokerJob *self);
GPtrArray *stoker_job_get_artifacts (StokerJob *self);
StokerAttempt *stoker_job_get_current_attempt (StokerJob *self);

void stoker_job_set_name (StokerJob *self, const char *name);
void stoker_job_set_provider_id (StokerJob *self, const char *provider_id);
void stoker_job_set_provider_name (StokerJob *self, const char *provider_name);
void stoker_job_set_state (StokerJob *self, StokerJobState state);
void stoker_job_set_progress (StokerJob *self, double progress);
void stoker_job_set_stage (StokerJob *self, const char *stage);
void stoker_job_set_message (StokerJob *self, const char *message, int error_code);
void stoker_job_set_retry_at (StokerJob *self, gint64 retry_at_us);
void stoker_job_set_dry_run (StokerJob *self, gboolean dry_run);
void stoker_job_set_estimated (StokerJob *self, StokerMoney estimated);
void stoker_job_set_accrued (StokerJob *self, StokerMoney accrued);
void stoker_job_set_times (StokerJob *self, gint64 created_us, gint64 started_us, gint64 ended_us);
void stoker_job_set_log (StokerJob *self, const char *log);
void stoker_job_append_log (StokerJob *self, const char *text);
void stoker_job_set_log_dropped (StokerJob *self, gint64 log_dropped);
void stoker_job_set_workload (StokerJob *self, JsonNode *workload);
void stoker_job_set_request (StokerJob *self, JsonNode *request);
void stoker_job_set_estimate (StokerJob *self, JsonNode *estimate);
void stoker_job_set_gpu (StokerJob *self, const char *gpu);
void stoker_job_set_queue_place (StokerJob *self, gint64 place);
void stoker_job_set_has_documents (StokerJob *self, gboolean has_documents);
void stoker_job_add_attempt (StokerJob *self, StokerAttempt *attempt);
void stoker_job_add_artifact (StokerJob *self, StokerArtifact *artifact);
JsonNode *stoker_job_to_json (StokerJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerArtifact, stoker_artifact_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAttempt, stoker_attempt_free)

G_END_DECLS
