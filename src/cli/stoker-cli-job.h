/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"
#include "stoker-job.h"

G_BEGIN_DECLS

/* How far a verb follows a job it started. */
typedef enum {
  STOKER_CLI_UNTIL_HANDED_OVER, /* safely in the provider's hands */
  STOKER_CLI_UNTIL_ENDED,
  STOKER_CLI_UNTIL_CANCELLED, /* ended, or its provider has no way to stop it */
} StokerCliPatience;

StokerJob *stoker_cli_job_find (StokerCliContext *context, guint argument, GError **error);
const char *stoker_cli_job_state_word (StokerJobState state);
void stoker_cli_job_print (StokerCliContext *context, StokerJob *job);
void stoker_cli_job_print_all (StokerCliContext *context, GPtrArray *jobs);
void stoker_cli_job_print_list (StokerCliContext *context, GPtrArray *jobs);
char *stoker_cli_job_describe_end (StokerJob *job);

/* Reports state and progress on standard error until then. Finish gives the exit status that the
 * job's state deserves. */
void stoker_cli_job_follow_async (StokerCliContext *context,
                                  StokerJob *job,
                                  StokerCliPatience patience,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
int stoker_cli_job_follow_finish (StokerCliContext *context, GAsyncResult *result, GError **error);

G_END_DECLS
