/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-cli-context.h"

G_BEGIN_DECLS

/* Asking for advice on the workload that the first argument names, as several verbs do. */
gboolean stoker_cli_advice_read_mode (StokerCliContext *context,
                                      StokerMode *mode,
                                      gboolean *has_mode,
                                      GError **error);
StokerWorkload *stoker_cli_advice_load_workload (StokerCliContext *context, GError **error);
StokerWorkload *stoker_cli_advice_load_workflow (StokerCliContext *context,
                                                 StokerWorkload *workload,
                                                 GError **error);
StokerOfferTable *stoker_cli_advice_load_offers (StokerCliContext *context, GError **error);
void stoker_cli_advice_ask_async (StokerCliContext *context,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
StokerAdvice *
stoker_cli_advice_ask_finish (StokerCliContext *context, GAsyncResult *result, GError **error);

/* stoker-cli-advice-text.c */
void stoker_cli_advice_print (StokerCliContext *context,
                              const StokerAdvice *advice,
                              guint limit,
                              gboolean explains);

G_END_DECLS
