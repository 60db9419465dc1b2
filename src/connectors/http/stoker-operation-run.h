/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-step-context.h"
#include "stoker-token.h"

G_BEGIN_DECLS

/* An operation on its way: the values it took are in context, the answers of its last step in
 * answers. */
typedef struct
{
  const StokerManifest *manifest; /* borrowed: lives as long as its connector */
  JsonNode *operation;            /* borrowed */
  StokerStepContext *context;
  GPtrArray *answers;           /* of JsonNode: one a page */
  StokerHttpResponse *response; /* nullable: the last one of the last step */
  gint64 latency_us;            /* of the first exchange; -1: there was none */
  StokerTokens *tokens;         /* borrowed, nullable: those of the connector */
  gboolean is_authorising;      /* it asks for a token, so it has none to send */
  gboolean keeps_failure;       /* when it fails but left something (the value id is known), it ends
                                   with its values and failure instead of an error */
  gboolean may_send_nothing;    /* it is as good when none of its steps applies */
  GError *failure;              /* nullable */
} StokerOperationRun;

StokerOperationRun *stoker_operation_run_new (const StokerManifest *manifest,
                                              JsonNode *operation,
                                              StokerConnection *connection,
                                              const StokerJobRequest *request);
void stoker_operation_run_free (StokerOperationRun *self);
gboolean stoker_operation_run_check_parameters (const StokerOperationRun *self, GError **error);
gboolean stoker_operation_run_check_needs (const StokerOperationRun *self, GError **error);
GPtrArray *stoker_operation_run_render (StokerOperationRun *self, GError **error);
void stoker_operation_run_prepare_async (StokerOperationRun *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean stoker_operation_run_prepare_finish (GAsyncResult *result, GError **error);
void stoker_operation_run_limit_rate (const StokerOperationRun *self, StokerHttpClient *client);
void stoker_operation_run_put (StokerOperationRun *self, JsonNode *step);
JsonNode *stoker_operation_run_list_elements (const StokerOperationRun *self, JsonNode *each);

/* Steps one after the other; @run is passed through and comes back from the finish. */
void stoker_operation_run_start_async (StokerOperationRun *run,
                                       StokerHttpClient *client,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
StokerOperationRun *stoker_operation_run_start_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerOperationRun, stoker_operation_run_free)

G_END_DECLS
