/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_BACK_BUTTON (stoker_back_button_get_type ())

/**
 * StokerBackButton:
 *
 * Leads back in the leaflet around it, and is there only while that one is folded; the header bar
 * it stands in shows the window's buttons at its start only then. Property: `is-outer` (the
 * outermost leaflet is meant, not the nearest).
 */
G_DECLARE_FINAL_TYPE (StokerBackButton, stoker_back_button, STOKER, BACK_BUTTON, GtkButton)

G_END_DECLS
