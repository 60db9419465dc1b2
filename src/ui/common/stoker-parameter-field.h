/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-json.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PARAMETER_FIELD (stoker_parameter_field_get_type ())

/**
 * StokerParameterField:
 *
 * A typed parameter of a manifest and the row that asks for it: a choice, a switch, a number with
 * its limits, a file of this machine, or a text. Signal: `changed`, when its user did something.
 */
G_DECLARE_FINAL_TYPE (
  StokerParameterField, stoker_parameter_field, STOKER, PARAMETER_FIELD, GObject)

StokerParameterField *stoker_parameter_field_new (const StokerJsonPlace *parameter);
GtkWidget *stoker_parameter_field_get_row (StokerParameterField *self);
const char *stoker_parameter_field_get_name (StokerParameterField *self);
const char *stoker_parameter_field_get_label (StokerParameterField *self);
gboolean stoker_parameter_field_is_called (StokerParameterField *self, const char *name);
gboolean stoker_parameter_field_is_required (StokerParameterField *self);
char *stoker_parameter_field_dup_text (StokerParameterField *self);
void stoker_parameter_field_set_text (StokerParameterField *self, const char *text);
char *stoker_parameter_field_write (JsonNode *value);

G_END_DECLS
