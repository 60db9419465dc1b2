/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

/* What people are told when a server refuses and says no more than a status. */
char *stoker_http_describe_status (StokerHttpResponse *response, const StokerProfile *profile);

G_END_DECLS
