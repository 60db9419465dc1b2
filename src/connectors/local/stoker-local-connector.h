/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"

G_BEGIN_DECLS

#define STOKER_TYPE_LOCAL_CONNECTOR (stoker_local_connector_get_type ())
G_DECLARE_FINAL_TYPE (
  StokerLocalConnector, stoker_local_connector, STOKER, LOCAL_CONNECTOR, GObject)

StokerLocalConnector *stoker_local_connector_new (void);

G_END_DECLS
