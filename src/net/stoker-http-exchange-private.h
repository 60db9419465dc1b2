/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-call-private.h"
#include "stoker-http-sessions-private.h"

G_BEGIN_DECLS

/* One attempt: the request, the redirects it leads to, and the answer. */
void stoker_http_exchange_async (StokerHttpSessions *sessions,
                                 StokerHttpCall *call,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
StokerHttpResponse *stoker_http_exchange_finish (GAsyncResult *result, GError **error);

G_END_DECLS
