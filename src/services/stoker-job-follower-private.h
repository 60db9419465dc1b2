/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace-private.h"

G_BEGIN_DECLS

/* Stages that are on the disk, so that a later process goes on there: the wish to cancel, until
 * that is done; what it used is given back, or was ended by its user. */
#define STOKER_CANCELLING_STAGE "cancelling"
#define STOKER_STAGE_RELEASING "releasing"
#define STOKER_STAGE_ENDED_BY_HAND "ended by hand"

#define STOKER_TYPE_JOB_FOLLOWER (stoker_job_follower_get_type ())

/**
 * StokerJobFollower:
 *
 * Takes one job from waiting to its end, one asynchronous step at a time: submit (after the
 * intention is on disk), find (after an answer that never came), poll, cancel, fetch, release.
 * Emits `stepped` when a step ended. The scheduler says when; the follower says what.
 */
G_DECLARE_FINAL_TYPE (StokerJobFollower, stoker_job_follower, STOKER, JOB_FOLLOWER, GObject)

struct _StokerJobFollower
{
  GObject parent_instance;

  StokerWorkspace *workspace;   /* borrowed: owns the scheduler that owns us */
  StokerJob *job;               /* owned */
  StokerWorkload *workload;     /* owned, nullable: not read yet */
  StokerWorkload *opened;       /* owned, nullable: with the files it names, while it is sent */
  StokerConnection *connection; /* owned, nullable: not made yet */
  GCancellable *cancellable;    /* owned */
  char *output_dir;             /* owned */
  char *plan_id;                /* owned, nullable */
  char *gpu;                    /* owned, nullable */
  char *region;                 /* owned, nullable */
  char *offer_id;               /* owned, nullable */
  gint64 gpus;                  /* 0: not told */
  gint64 due_us;                /* when the next step may be taken */
  guint failures;               /* steps in a row that failed for a passing reason */
  guint tries;                  /* attempts that were refused for a passing reason */
  double interval_s;            /* between two polls */
  double longest_interval_s;    /* it grows to this */
  gint64 least_interval_s;      /* the backend wants it so; 0: any */
  gboolean is_busy;             /* a step is under way */
  gboolean wants_cancel;
  gboolean cannot_cancel; /* the backend has no way to stop it, and its user was told so */
  gboolean is_late;       /* it is cancelled because of its deadline */
  gboolean is_ending;     /* it has ended, and what it used is not given back yet */
  int end_code;           /* StokerError it ended with; -1 */
  gboolean is_confirmed;  /* its user has ended what it used: nobody is asked any more */
};

StokerJobFollower *stoker_job_follower_new (StokerWorkspace *workspace, StokerJob *job);
void stoker_job_follower_step (StokerJobFollower *self);
void stoker_job_follower_cancel (StokerJobFollower *self);
void stoker_job_follower_give_up_cancelling (StokerJobFollower *self, const GError *error);
gboolean stoker_job_follower_is_uncertain (StokerJobFollower *self);

/* Shared by the files of this class. */
typedef void (*StokerFollowerStep) (StokerJobFollower *self, GObject *connector);

void stoker_job_follower_begin_attempt (StokerJobFollower *self);
void stoker_job_follower_find (StokerJobFollower *self);
void stoker_job_follower_fetch (StokerJobFollower *self);
void stoker_job_follower_with_connector (StokerJobFollower *self, StokerFollowerStep step);
gboolean stoker_job_follower_make_request (StokerJobFollower *self,
                                           StokerJobRequest *request,
                                           GError **error);
void stoker_job_follower_apply_report (StokerJobFollower *self, StokerJobReport *report);
void stoker_job_follower_take_log (StokerJobFollower *self, StokerJobReport *report);
void stoker_job_follower_sum_money (StokerJobFollower *self);
void stoker_job_follower_set_state (StokerJobFollower *self, StokerJobState state);
void stoker_job_follower_end (StokerJobFollower *self,
                              StokerJobState state,
                              const char *message,
                              int error_code);
void stoker_job_follower_finish (StokerJobFollower *self,
                                 StokerJobState state,
                                 const char *message,
                                 int error_code);
void stoker_job_follower_resume_end (StokerJobFollower *self);
void stoker_job_follower_release (StokerJobFollower *self);
void stoker_job_follower_confirm_ended (StokerJobFollower *self);
void stoker_job_follower_say_unreleased (StokerJobFollower *self, const GError *error);
const char *stoker_job_follower_get_late_cause (void);
gboolean stoker_job_follower_would_move (StokerJobFollower *self, const GError *error);
gboolean stoker_job_follower_move (StokerJobFollower *self,
                                   StokerJobState state,
                                   const char *cause,
                                   int error_code);
void stoker_attempt_note_end (StokerAttempt *attempt, const char *message);
void stoker_job_follower_read_target (StokerJobFollower *self);
void stoker_job_follower_save (StokerJobFollower *self);
void stoker_job_follower_save_with (StokerJobFollower *self, const StokerLedgerEntry *entry);
void stoker_job_follower_back_off (StokerJobFollower *self, const GError *error);
void stoker_job_follower_done (StokerJobFollower *self);
gboolean stoker_job_follower_is_passing_trouble (const GError *error);

G_END_DECLS
