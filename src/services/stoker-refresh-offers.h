/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: live prices. Asks providers what can be rented there and at which price, and keeps the
 * answer for advice: see StokerLiveOffers. */
void stoker_refresh_offers_async (StokerWorkspace *workspace,
                                  StokerProvider *provider,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean stoker_refresh_offers_finish (GAsyncResult *result, GError **error);

/* How the question to all of them went. */
typedef struct
{
  guint n_asked;
  guint n_answered;
  GPtrArray *failures; /* of char*: a sentence for each that did not answer */
} StokerRefreshReport;

/* Called when one more has answered, or has not. */
typedef void (*StokerRefreshProgress) (guint n_done, guint n_asked, gpointer user_data);

gboolean stoker_provider_is_asked_for_offers (StokerWorkspace *workspace, StokerProvider *provider);
void stoker_refresh_all_offers_async (StokerWorkspace *workspace,
                                      StokerRefreshProgress progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
StokerRefreshReport *stoker_refresh_all_offers_finish (GAsyncResult *result, GError **error);
void stoker_refresh_report_free (StokerRefreshReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRefreshReport, stoker_refresh_report_free)

G_END_DECLS
