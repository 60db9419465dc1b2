/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-provider.h"

G_BEGIN_DECLS

#define STOKER_TYPE_HEALTH_CHIP (stoker_health_chip_get_type ())

/* A small button with a provider's name and health. It leads to the provider. */
G_DECLARE_FINAL_TYPE (StokerHealthChip, stoker_health_chip, STOKER, HEALTH_CHIP, GtkButton)

GtkWidget *stoker_health_chip_new (StokerProvider *provider);

G_END_DECLS
