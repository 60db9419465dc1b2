/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-provider.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *stoker_phrase_provider_health (StokerProvider *provider);
void stoker_health_dot_show (GtkLabel *dot, StokerProvider *provider);

G_END_DECLS
