/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-local-connector.h"

G_BEGIN_DECLS

void stoker_local_connector_set_sys_root (StokerLocalConnector *self, const char *sys_root);

G_END_DECLS
