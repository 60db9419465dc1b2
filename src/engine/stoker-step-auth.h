/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-step-request.h"

G_BEGIN_DECLS

/* The last thing that happens to a request: a signature covers all of it. */
gboolean stoker_step_auth_add (StokerStepRequest *request,
                               JsonNode *step,
                               const StokerScope *scope,
                               GError **error);
gboolean stoker_step_uses_token (JsonNode *step, const StokerScope *scope);

G_END_DECLS
