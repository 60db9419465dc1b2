/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FAKE_TYPE_NETWORK_MONITOR (fake_network_monitor_get_type ())

/* A network that comes and goes as a test says. */
G_DECLARE_FINAL_TYPE (FakeNetworkMonitor, fake_network_monitor, FAKE, NETWORK_MONITOR, GObject)

GNetworkMonitor *fake_network_monitor_new (gboolean is_available);
void fake_network_monitor_set_available (GNetworkMonitor *monitor, gboolean is_available);

G_END_DECLS
