/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "stoker-local-snapshot.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SETTINGS (stoker_settings_get_type ())

/* Preferences and feature flags over GSettings (schema io.github.stokerapp.Stoker). Reading touches
 * no bus. */
G_DECLARE_FINAL_TYPE (StokerSettings, stoker_settings, STOKER, SETTINGS, GObject)

StokerSettings *stoker_settings_new (void);
GSettings *stoker_settings_get_gsettings (StokerSettings *self);
gboolean stoker_settings_allows (StokerSettings *self, const StokerProfile *profile);
const char *stoker_settings_get_flag_title (const char *flag);
gboolean stoker_settings_get_flag (StokerSettings *self, const char *flag);
void stoker_settings_set_flag (StokerSettings *self, const char *flag, gboolean enabled);
gboolean stoker_settings_keep_flag (StokerSettings *self,
                                    const char *flag,
                                    gboolean enabled,
                                    GError **error);
StokerLocalCost stoker_settings_get_local_cost (StokerSettings *self);
guint stoker_settings_get_jobs_per_provider (StokerSettings *self);
guint stoker_settings_get_settle_seconds (StokerSettings *self);
gboolean stoker_settings_prefers_dry_run (StokerSettings *self);
guint stoker_settings_get_poll_seconds (StokerSettings *self);
char *stoker_settings_get_output_dir (StokerSettings *self);
char *stoker_settings_get_output_name (StokerSettings *self);
void stoker_settings_rule_program (StokerSettings *self);
void stoker_settings_reset_all (StokerSettings *self);

G_END_DECLS
