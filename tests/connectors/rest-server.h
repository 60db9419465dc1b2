/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A server on loopback that says what a test told it to. */
typedef struct
{
  SoupServer *server;  /* owned */
  GHashTable *answers; /* owned: "GET /path" → GQueue of Answer */
  GString *requests;   /* owned; a line each: "POST /path?query [Authorization] body" */
} RestServer;

void rest_server_set_up (RestServer *self);
void rest_server_tear_down (RestServer *self);
char *rest_server_dup_url (RestServer *self);

/* Answers of the same place are given one after the other; the last one stays. "{url}" in @body is
 * the address of the server. A status of 0 is no answer at all. */
void rest_server_answer (
  RestServer *self, const char *place, guint status, const char *content_type, const char *body);
guint rest_server_count (RestServer *self, const char *place);

G_END_DECLS
