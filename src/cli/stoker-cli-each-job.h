/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

/* Verbs whose arguments are jobs, any number of them. */

/* Does something with one job. It owns @task, whose data is the job and whose source object is
 * @context, and returns the exit status (an int) or an error with it. */
typedef void (*StokerCliDeed) (StokerCliContext *context, GTask *task);

GPtrArray *stoker_cli_each_job_find (StokerCliContext *context, GTask *task);
void stoker_cli_each_job_start (StokerCliContext *context, GTask *task, StokerCliDeed deed);

G_END_DECLS
