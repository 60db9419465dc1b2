/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define STOKER_TYPE_REQUEST_WINDOW (stoker_request_window_get_type ())

/* Shows what a dry run would send, secrets masked. */
G_DECLARE_FINAL_TYPE (StokerRequestWindow, stoker_request_window, STOKER, REQUEST_WINDOW, AdwWindow)

StokerRequestWindow *stoker_request_window_new (GtkWindow *parent, JsonNode *envelope);
char *stoker_request_to_text (JsonNode *envelope);

G_END_DECLS
