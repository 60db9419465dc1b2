/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"

G_BEGIN_DECLS

StokerHttpResponse *
stoker_http_response_new (SoupMessage *message, GBytes *body, gint64 latency_us);

G_END_DECLS
