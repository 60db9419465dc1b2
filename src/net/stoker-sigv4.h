/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who signs, for what and when. Everything is borrowed for the time of a call. */
typedef struct
{
  const char *access_key;
  const char *secret_key;
  const char *session_token; /* nullable: of temporary credentials */
  const char *region;
  const char *service;
  gint64 time_s;                /* since 1970 */
  gboolean keeps_path;          /* the path is signed as it is sent: S3 */
  gboolean has_body_hash;       /* X-Amz-Content-SHA256 is sent too: S3 */
  gboolean token_is_not_signed; /* the session token is sent, but outside of the signature */
} StokerSigV4;

/* A request as it will be sent; borrowed too. */
typedef struct
{
  const char *method;
  const char *url;
  const char *const *headers; /* nullable: "Name", "value", …, NULL */
  GBytes *body;               /* nullable */
} StokerSigV4Request;

char *stoker_sigv4_describe (const StokerSigV4 *self, const StokerSigV4Request *request);
GStrv stoker_sigv4_sign (const StokerSigV4 *self, const StokerSigV4Request *request);
char *
stoker_sigv4_presign (const StokerSigV4 *self, const StokerSigV4Request *request, guint expires_s);

G_END_DECLS
