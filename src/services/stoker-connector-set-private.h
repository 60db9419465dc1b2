/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CONNECTOR_SET (stoker_connector_set_get_type ())

/* The connectors by class name, each made when it is first needed. */
G_DECLARE_FINAL_TYPE (StokerConnectorSet, stoker_connector_set, STOKER, CONNECTOR_SET, GObject)

StokerConnectorSet *stoker_connector_set_new (void);
GObject *stoker_connector_set_lookup (StokerConnectorSet *self, StokerProfile *profile);

G_END_DECLS
