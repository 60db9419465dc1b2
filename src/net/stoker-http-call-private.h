/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"

G_BEGIN_DECLS

/* A copy of a request that outlives the call it came with. Checked, and never changed but for what
 * the attempts leave behind for the next one. */
typedef struct
{
  char *method;
  GUri *uri;
  GStrv headers;              /* nullable: name, value, … */
  GBytes *body;               /* nullable */
  char *content_type;         /* nullable */
  GTlsCertificate *authority; /* nullable */
  GTlsCertificate *identity;  /* nullable */
  char *trust;              /* nullable: a name for the three, so that connections are not mixed */
  char *pin;                /* nullable: 64 lower-case hexadecimal digits */
  char *download_path;      /* nullable */
  StokerRedactor *redactor; /* nullable */
  gboolean is_repeatable;
  gboolean allows_plain_http;
  gboolean may_be_cut;
  gboolean keeps_redirect;
  gboolean (*is_rate_limit) (StokerHttpResponse *response, gpointer data); /* nullable */
  gpointer rate_limit_data;                                                /* borrowed */
  guint idle_timeout_ms;
  guint total_timeout_ms;
  guint max_attempts;
  gsize max_body_bytes;
  gboolean may_retry;      /* after a failure: a second try could end differently */
  gboolean may_have_acted; /* an earlier attempt may have reached the server */

  gatomicrefcount ref_count; /*< private >*/
} StokerHttpCall;

StokerHttpCall *
stoker_http_call_new (const StokerHttpRequest *request, guint second_ms, GError **error);
StokerHttpCall *stoker_http_call_ref (StokerHttpCall *self);
void stoker_http_call_unref (StokerHttpCall *self);
gboolean stoker_http_call_allows_uri (const StokerHttpCall *self, GUri *uri, GError **error);
gboolean
stoker_http_call_is_credential (const StokerHttpCall *self, const char *name, const char *value);
gboolean stoker_http_call_has_credentials (const StokerHttpCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerHttpCall, stoker_http_call_unref)

G_END_DECLS
