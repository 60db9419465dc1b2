/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STOKER_TYPE_PROCESS (stoker_process_get_type ())

/**
 * StokerProcess:
 *
 * A child process in a group of its own, its output read line by line, ended with its whole group.
 * Signal `line` (const char *text, gboolean is_error); the environment given is added to ours.
 */
G_DECLARE_FINAL_TYPE (StokerProcess, stoker_process, STOKER, PROCESS, GObject)

StokerProcess *stoker_process_spawn (const char *const *argv,
                                     const char *const *environment,
                                     const char *directory,
                                     GError **error);
int stoker_process_get_pid (StokerProcess *self);
void stoker_process_stop (StokerProcess *self);
void stoker_process_wait_async (StokerProcess *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean stoker_process_wait_finish (StokerProcess *self,
                                     GAsyncResult *result,
                                     int *exit_status,
                                     GError **error);

/* Runs a short command and takes its whole output; ended after @timeout_s. */
void stoker_process_run_async (const char *const *argv,
                               guint timeout_s,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
char *stoker_process_run_finish (GAsyncResult *result, int *exit_status, GError **error);

G_END_DECLS
