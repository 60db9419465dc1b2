/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-connector.h"
#include "stoker-machine-host.h"

G_BEGIN_DECLS

/* What the fixtures of the manifest engine do alike: they ask, and wait for the answer. */
StokerHealth *
http_calls_check (StokerHttpConnector *connector, StokerConnection *connection, GError **error);
StokerOfferTable *http_calls_list_offers (StokerHttpConnector *connector,
                                          StokerConnection *connection,
                                          StokerCatalog *catalog,
                                          GError **error);
StokerJobReport *http_calls_run (StokerHttpConnector *connector,
                                 StokerConnection *connection,
                                 StokerJobOperation operation,
                                 const StokerJobRequest *request,
                                 GError **error);
gboolean http_calls_release (StokerHttpConnector *connector,
                             StokerConnection *connection,
                             const StokerJobRequest *request,
                             GError **error);
GPtrArray *http_calls_find (StokerHttpConnector *connector,
                            StokerConnection *connection,
                            const StokerJobRequest *request,
                            GError **error);

StokerMachine *http_calls_change (StokerHttpConnector *connector,
                                  StokerConnection *connection,
                                  StokerMachineChange what,
                                  JsonNode *input,
                                  GError **error);
GPtrArray *http_calls_list_machines (StokerHttpConnector *connector,
                                     StokerConnection *connection,
                                     GError **error);
JsonNode *http_calls_act (StokerHttpConnector *connector,
                          StokerConnection *connection,
                          const char *action,
                          JsonNode *input,
                          GError **error);
JsonNode *http_calls_parse (const char *input);

/* For calls of other interfaces: a callback that keeps its result, and the waiting for it. */
void http_calls_keep (GObject *source, GAsyncResult *result, gpointer kept);
GAsyncResult *http_calls_wait (GAsyncResult **kept);

StokerWorkload *http_calls_make_workload (const char *payload);
void http_calls_begin_request (StokerJobRequest *request, char **output_dir);
void http_calls_remove_dir (const char *path);

G_END_DECLS
