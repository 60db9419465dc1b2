/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"

G_BEGIN_DECLS

void stoker_http_client_set_pace (StokerHttpClient *self, guint second_ms, guint backoff_ms);

G_END_DECLS
