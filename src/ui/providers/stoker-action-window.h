/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_ACTION_WINDOW (stoker_action_window_get_type ())

/* Asks for the parameters of an action of a provider, shows what would be sent, and does it. */
G_DECLARE_FINAL_TYPE (StokerActionWindow, stoker_action_window, STOKER, ACTION_WINDOW, AdwWindow)

StokerActionWindow *stoker_action_window_new (GtkWindow *parent,
                                              StokerWorkspace *workspace,
                                              StokerProvider *provider,
                                              JsonNode *action);

G_END_DECLS
