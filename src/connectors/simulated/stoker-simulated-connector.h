/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SIMULATED_CONNECTOR (stoker_simulated_connector_get_type ())
G_DECLARE_FINAL_TYPE (
  StokerSimulatedConnector, stoker_simulated_connector, STOKER, SIMULATED_CONNECTOR, GObject)

StokerSimulatedConnector *stoker_simulated_connector_new (void);

G_END_DECLS
