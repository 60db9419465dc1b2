/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-call-private.h"

G_BEGIN_DECLS

#define STOKER_HTTP_MAX_REDIRECTS 5

/* Where one request of an attempt goes: first to the address of the call, then along the redirects.
 */
typedef struct
{
  GUri *uri;               /* owned */
  const char *method;      /* of the call, or "GET" */
  gboolean has_body;       /* the body goes along */
  gboolean has_left_home;  /* credentials stay behind, even on the way back */
  gboolean may_have_acted; /* a server took the request before it sent us on */
  guint redirects;
} StokerHttpHop;

void stoker_http_hop_init (StokerHttpHop *self, const StokerHttpCall *call);
void stoker_http_hop_clear (StokerHttpHop *self);
gboolean stoker_http_hop_is_redirect (guint status, const char *location);
gboolean stoker_http_hop_follow (StokerHttpHop *self,
                                 const StokerHttpCall *call,
                                 guint status,
                                 const char *location,
                                 GError **error);

G_END_DECLS
