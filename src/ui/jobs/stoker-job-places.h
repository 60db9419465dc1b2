/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_PLACES (stoker_job_places_get_type ())

/**
 * StokerJobPlaces:
 *
 * The places of a list, as a #GtkSelectionModel for a view: its items stand for positions and not
 * for what is there. A list view of GTK 4.8 throws the widgets of a row away when its item is
 * replaced, and makes the style of all that follow anew; a place stays where it is, and the signal
 * `filled` (position, number) tells that there is something else in it. Which of them are selected
 * is a matter of the selection given.
 */
G_DECLARE_FINAL_TYPE (StokerJobPlaces, stoker_job_places, STOKER, JOB_PLACES, GObject)

StokerJobPlaces *stoker_job_places_new (GtkSelectionModel *selection);
GtkSelectionModel *stoker_job_places_get_selection (StokerJobPlaces *self);

G_END_DECLS
