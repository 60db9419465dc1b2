/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-job-report.h"

G_BEGIN_DECLS

#define STOKER_TYPE_REQUEST_CARD (stoker_request_card_get_type ())

/* One request of a dry run: method and address, headers, body. Signal: `copied`. */
G_DECLARE_FINAL_TYPE (StokerRequestCard, stoker_request_card, STOKER, REQUEST_CARD, AdwBin)

GtkWidget *stoker_request_card_new (const StokerRenderedRequest *request, const char *curl);
char *stoker_request_card_lay_out (const char *body);

G_END_DECLS
