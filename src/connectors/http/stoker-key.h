/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-connection.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *stoker_key_look_up (StokerConnection *connection, const char *path);

G_END_DECLS
