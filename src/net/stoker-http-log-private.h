/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-call-private.h"

G_BEGIN_DECLS

void stoker_http_log_request (const StokerHttpCall *call, const char *method, GUri *uri);
void stoker_http_log_answer (const StokerHttpCall *call, const StokerHttpResponse *response);
void stoker_http_log_failure (const StokerHttpCall *call, const GError *error);

G_END_DECLS
