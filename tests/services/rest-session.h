/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rest-provider.h"
#include "stoker-give-advice.h"
#include "stoker-run-job.h"

G_BEGIN_DECLS

/* A workspace whose providers are invented services that rent machines, with one job. */
typedef struct
{
  RestProvider rest;
  StokerWorkspace *workspace;
  StokerJob *job;     /* owned, nullable: the last one that was sent */
  const char *absent; /* nullable, before it is set up: a provider whose address nobody answers */
} RestSession;

void rest_session_set_up (RestSession *self, const char *const *ids, const char *operations);
/* The second half of it, for services that were added one by one. */
void rest_session_open (RestSession *self, const char *const *ids);
void rest_session_tear_down (RestSession *self);
GSettings *rest_session_get_settings (RestSession *self);

/* In the place of all that was told before. */
void rest_session_answer_now (RestSession *self, const char *place, guint status, const char *json);
/* A whole job there that goes well, from when its machine is made. */
void rest_session_answer_all (RestSession *self, const char *id);

void rest_session_assert_money (StokerMoney money, const char *decimal);
StokerWorkload *rest_session_read_workload (const char *json);
StokerAdvice *rest_session_advise (RestSession *self, const char *json);
void rest_session_submit (RestSession *self, const StokerSubmission *submission);
void rest_session_wait_for_end (RestSession *self);
/* The process goes away in the middle, and another one comes. */
void rest_session_restart (RestSession *self);

/* For test_session_wait_until(), of a RestSession. */
gboolean rest_session_is_held (gpointer user_data);
gboolean rest_session_is_running (gpointer user_data);

G_END_DECLS
