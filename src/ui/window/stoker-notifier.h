/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_NOTIFIER (stoker_notifier_get_type ())

/* Tells of jobs and providers on the desktop while nobody looks at the window. */
G_DECLARE_FINAL_TYPE (StokerNotifier, stoker_notifier, STOKER, NOTIFIER, GObject)

StokerNotifier *
stoker_notifier_new (GApplication *application, StokerDesk *desk, GSettings *settings);
char *stoker_notifier_get_job_tag (const char *job_id);

G_END_DECLS
