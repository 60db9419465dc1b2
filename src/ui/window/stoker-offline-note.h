/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_OFFLINE_NOTE (stoker_offline_note_get_type ())

/**
 * StokerOfflineNote:
 *
 * One line at the foot of the window while there is no network, or one that leads nowhere, and
 * nothing otherwise. Properties: `monitor` (who knows about the network; by default that of the
 * system), `is-cut-off` (none of the providers that were asked could be reached), `is-offline`
 * (read-only: the line is there).
 */
G_DECLARE_FINAL_TYPE (StokerOfflineNote, stoker_offline_note, STOKER, OFFLINE_NOTE, AdwBin)

void stoker_offline_note_set_monitor (StokerOfflineNote *self, GNetworkMonitor *monitor);
void stoker_offline_note_set_cut_off (StokerOfflineNote *self, gboolean is_cut_off);
gboolean stoker_offline_note_is_offline (StokerOfflineNote *self);

G_END_DECLS
