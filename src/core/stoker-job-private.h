/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"

G_BEGIN_DECLS

struct _StokerJob
{
  GObject parent_instance;

  char *id;            /* owned */
  char *name;          /* owned */
  char *provider_id;   /* owned */
  char *provider_name; /* owned, nullable */
  StokerJobState state;
  double progress;
  char *stage;   /* owned, nullable */
  char *message; /* owned, nullable */
  int error_code;
  gboolean is_dry_run;
  StokerMoney estimated;
  StokerMoney accrued;
  gint64 created_us;
  gint64 started_us;
  gint64 ended_us;
  gint64 retry_at_us;   /* 0: not known */
  GString *log;         /* owned, nullable: nothing yet */
  gint64 log_dropped;   /* bytes that came before it and are not kept */
  JsonNode *workload;   /* owned, nullable */
  JsonNode *request;    /* owned, nullable */
  JsonNode *estimate;   /* owned, nullable */
  JsonNode *history;    /* owned, nullable */
  GPtrArray *attempts;  /* owned, of StokerAttempt */
  GPtrArray *artifacts; /* owned, of StokerArtifact */
  char *gpu;            /* owned, nullable */
  gint64 queue_place;   /* 0: by its age */
  gboolean lacks_documents;

  GObject *list; /* borrowed, nullable: the list that counts it */
  StokerJobStanding counted_as;
  gboolean is_counted_live;
  StokerJobState told_state;
};

typedef enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_PROVIDER_ID,
  PROP_PROVIDER_NAME,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_STAGE,
  PROP_MESSAGE,
  PROP_ERROR_CODE,
  PROP_IS_DRY_RUN,
  PROP_IS_LIVE,
  PROP_ESTIMATED,
  PROP_ACCRUED,
  PROP_CREATED,
  PROP_STARTED,
  PROP_ENDED,
  PROP_RETRY_AT,
  PROP_LOG,
  PROP_GPU,
  N_PROPS,
} StokerJobProperty;

void stoker_job_notify (StokerJob *self, StokerJobProperty property);
void stoker_job_list_count_again (GObject *list, StokerJob *job);
void stoker_job_list_tell_change (GObject *list, StokerJob *job);

G_END_DECLS
