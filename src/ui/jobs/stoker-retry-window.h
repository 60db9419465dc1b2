/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_RETRY_WINDOW (stoker_retry_window_get_type ())

/* Where else a job can be tried, with what it costs there. */
G_DECLARE_FINAL_TYPE (StokerRetryWindow, stoker_retry_window, STOKER, RETRY_WINDOW, AdwWindow)

void stoker_retry_window_open (GtkWindow *parent, StokerWorkspace *workspace, StokerJob *job);

G_END_DECLS
