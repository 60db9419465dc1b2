/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-connection.h"
#include "stoker-workload.h"

G_BEGIN_DECLS

/* What a backend is asked to do. Borrowed for the time of a call; connectors copy what they need.
 */
typedef struct
{
  const char *job_id;
  const char *token;     /* unique name of the attempt */
  const char *remote_id; /* nullable: not submitted yet */
  JsonNode
    *handle; /* nullable: what the backend's submit left for later steps (an object of strings) */
  StokerWorkload *workload;
  const char *plan_id;    /* nullable */
  const char *gpu;        /* nullable */
  const char *region;     /* nullable */
  const char *offer_id;   /* nullable: the market's own id of what was advised */
  int gpus;               /* of that offer; 0: not told */
  gint64 deadline_s;      /* the longest it may run; 0 none */
  gint64 intended_us;     /* when the intention was written: a search by name looks from here on */
  const char *output_dir; /* where outputs go */
} StokerJobRequest;

/* An output a backend told of: an address, or the data itself. */
typedef struct
{
  char *name;       /* nullable */
  char *url;        /* nullable */
  GBytes *data;     /* nullable */
  char *path;       /* nullable: already a file of this machine */
  char *media_type; /* nullable */
} StokerRemoteOutput;

#define STOKER_TYPE_JOB_REPORT (stoker_job_report_get_type ())

/* What a backend says about a job at one instant. Counted; filled by the connector, read by the
 * scheduler. */
typedef struct _StokerJobReport StokerJobReport;
struct _StokerJobReport
{
  char *remote_id;  /* nullable */
  JsonNode *handle; /* nullable */
  StokerJobState state;
  double progress;    /* 0…1; -1 not told */
  char *stage;        /* nullable */
  char *message;      /* nullable */
  int error_code;     /* StokerError of a failed job; -1 */
  char *log;          /* nullable: the log so far */
  gint64 log_dropped; /* bytes before it that the backend has and did not tell */
  gint64 started_us;
  gint64 ended_us;
  gint64 billed_s;    /* seconds the backend says it bills; -1 not told */
  StokerMoney billed; /* unknown: not told */
  GPtrArray *outputs; /* of StokerRemoteOutput */
  gint64 poll_s;      /* the backend wants at least so long between two polls; 0 not told */

  gatomicrefcount ref_count; /*< private >*/
};

/* A request as it would leave the machine, secrets masked. */
typedef struct
{
  char *method;
  char *url;
  GPtrArray *headers; /* of char* "Name: value" */
  char *body;         /* nullable */
} StokerRenderedRequest;

GType stoker_job_report_get_type (void) G_GNUC_CONST;
StokerJobReport *stoker_job_report_new (StokerJobState state);
StokerJobReport *stoker_job_report_ref (StokerJobReport *self);
void stoker_job_report_unref (StokerJobReport *self);
StokerRemoteOutput *stoker_job_report_add_output (StokerJobReport *self, const char *name);
void stoker_remote_output_free (StokerRemoteOutput *self);
StokerRenderedRequest *stoker_rendered_request_new (const char *method, const char *url);
void stoker_rendered_request_free (StokerRenderedRequest *self);
JsonNode *stoker_rendered_request_to_json (const StokerRenderedRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerJobReport, stoker_job_report_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRemoteOutput, stoker_remote_output_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRenderedRequest, stoker_rendered_request_free)

G_END_DECLS
