/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_DECISION (stoker_decision_get_type ())

/**
 * StokerDecision:
 *
 * Something that waits for a person: what it is and the one next step. Immutable.
 */
G_DECLARE_FINAL_TYPE (StokerDecision, stoker_decision, STOKER, DECISION, GObject)

StokerDecision *stoker_decision_new_for_keyring (const char *message);
StokerDecision *stoker_decision_new_for_provider (StokerProvider *provider, gint64 now_us);
StokerDecision *
stoker_decision_new_for_job (StokerJob *job, const char *provider_name, gint64 now_us);
const char *stoker_decision_get_icon_name (StokerDecision *self);
const char *stoker_decision_get_style_class (StokerDecision *self);
const char *stoker_decision_get_title (StokerDecision *self);
const char *stoker_decision_get_subtitle (StokerDecision *self);
const char *stoker_decision_get_button_label (StokerDecision *self);
const char *stoker_decision_get_action_name (StokerDecision *self);
const char *stoker_decision_get_target (StokerDecision *self);
gboolean stoker_decision_equal (StokerDecision *self, StokerDecision *other);

G_END_DECLS
