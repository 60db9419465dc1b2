/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workload-draft.h"

G_BEGIN_DECLS

#define STOKER_TYPE_INPUT_GROUP (stoker_input_group_get_type ())

/* What is sent: a prompt that is typed, or what a file says. Signal: `changed`. */
G_DECLARE_FINAL_TYPE (
  StokerInputGroup, stoker_input_group, STOKER, INPUT_GROUP, AdwPreferencesGroup)

void stoker_input_group_set_payload (StokerInputGroup *self, JsonNode *payload);
void stoker_input_group_set_prompt (StokerInputGroup *self, const char *prompt);
char *stoker_input_group_dup_prompt (StokerInputGroup *self);
void stoker_input_group_set_type (StokerInputGroup *self, const char *type);

G_END_DECLS
