/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* A folder of our own for everything Stoker keeps, and calls that wait. Each waits at most 60 s. */
void test_session_init (void);
void test_session_clear (void);
StokerWorkspace *test_session_open (StokerWorkspaceParts parts);
void test_session_close (StokerWorkspace *workspace);

void test_session_take_result (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *test_session_wait (GAsyncResult **result);
StokerProvider *
test_session_register (StokerWorkspace *workspace, const char *json, GError **error);
gboolean test_session_wait_until (gboolean (*condition) (gpointer user_data), gpointer user_data);

G_END_DECLS
