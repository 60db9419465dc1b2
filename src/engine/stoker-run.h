/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-scope.h"
#include "stoker-token.h"

G_BEGIN_DECLS

/* An operation on its way: the values it took are in scope, the answers of its last step in
 * answers. */
typedef struct
{
  JsonNode *operation;          /* borrowed from the manifest */
  StokerScope *scope;           /* owned */
  GPtrArray *answers;           /* owned, of JsonNode: one a page */
  StokerHttpResponse *response; /* owned, nullable: the last one of the last step */
  gint64 latency_us;            /* of the first exchange; -1: there was none */
  StokerTokens *tokens;         /* borrowed, nullable: those of the connector */
  gboolean keeps_failure;       /* when it fails but left something (the value id is known), it ends
                                   with its values and failure instead of an error */
  gboolean may_send_nothing;    /* it is as good when none of its steps applies */
  gboolean is_cut;              /* a list had more pages than are read */
  GError *failure;              /* owned, nullable */
} StokerRun;

StokerRun *stoker_run_new (const StokerManifest *manifest,
                           JsonNode *operation,
                           StokerConnection *connection,
                           const StokerJobRequest *request);
void stoker_run_free (StokerRun *self);
gboolean stoker_run_has_left_something (const StokerRun *self);
void stoker_run_limit_rate (const StokerRun *self, StokerHttpClient *client);
GPtrArray *stoker_run_rehearse (StokerRun *self, GError **error);

/* Steps one after the other; @run is passed through and comes back from the finish. */
void stoker_run_start_async (StokerRun *run,
                             StokerHttpClient *client,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
StokerRun *stoker_run_start_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRun, stoker_run_free)

G_END_DECLS
