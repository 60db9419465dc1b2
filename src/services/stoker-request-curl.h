/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"

G_BEGIN_DECLS

/* The requests of a dry run as commands for a shell. Pure. */
char *stoker_request_to_curl (const StokerRenderedRequest *request, const char *variable);
char *stoker_envelope_to_curl (JsonNode *envelope);
GPtrArray *stoker_envelope_read_requests (JsonNode *envelope);

G_END_DECLS
