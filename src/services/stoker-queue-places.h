/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_QUEUE_PLACES (stoker_queue_places_get_type ())

/**
 * StokerQueuePlaces:
 *
 * Knows the place of each job that waits here, so that many can be asked for at once. Signal:
 * `changed` (some job has another place), told once for many changes.
 */
G_DECLARE_FINAL_TYPE (StokerQueuePlaces, stoker_queue_places, STOKER, QUEUE_PLACES, GObject)

StokerQueuePlaces *stoker_queue_places_of (StokerWorkspace *workspace);
guint stoker_queue_places_lookup (StokerQueuePlaces *self, StokerJob *job);

G_END_DECLS
