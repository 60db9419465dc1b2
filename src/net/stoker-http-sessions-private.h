/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-call-private.h"

G_BEGIN_DECLS

/* The sessions of a client: connections with different rules of trust are never mixed. */
typedef struct _StokerHttpSessions StokerHttpSessions;

StokerHttpSessions *stoker_http_sessions_new (void);
void stoker_http_sessions_free (StokerHttpSessions *self);
SoupSession *
stoker_http_sessions_get (StokerHttpSessions *self, const StokerHttpCall *call, GUri *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerHttpSessions, stoker_http_sessions_free)

G_END_DECLS
