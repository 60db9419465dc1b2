/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-call-private.h"

G_BEGIN_DECLS

/* How far an attempt had come when it failed. */
typedef enum {
  STOKER_HTTP_STAGE_CONNECTING, /* no byte of the request was sent */
  STOKER_HTTP_STAGE_SENDING,    /* it was sent, or part of it; no answer */
  STOKER_HTTP_STAGE_READING,    /* the answer had begun */
} StokerHttpStage;

GError *stoker_http_error_translate (const GError *cause, StokerHttpStage stage, const char *host);
GError *stoker_http_error_new_timeout (StokerHttpStage stage, const char *host);
GError *stoker_http_error_new_untrusted (GTlsCertificate *certificate,
                                         GTlsCertificateFlags flags,
                                         gboolean is_pinned,
                                         StokerHttpStage stage,
                                         const char *host);
char *stoker_http_fingerprint (GTlsCertificate *certificate);

G_END_DECLS
