/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rest-server.h"

G_BEGIN_DECLS

/* Invented REST services on loopback, each of them a provider in the user's own catalog; what they
 * say a test tells them. All paths begin with the id of the provider. */
typedef RestServer RestProvider;

/* Operations of a provider that rents machines: submit makes one and puts tags on it, release ends
 * it.
 */
#define REST_PROVIDER_MACHINES                                                                                                                  \
  "\"submit\": {\"keep\": [\"disk\"], \"steps\": [{\"method\": \"POST\", \"url\": "                                                             \
  "\"${base.api}/machines\", \"body\": {\"json\": {\"gpus\": \"${job.gpus}\"}}, \"take\": {\"id\": \"$.id\", \"disk\": \"$.disk\", \"state\": " \
  "\"$.state\"}}, {\"method\": \"POST\", \"url\": \"${base.api}/tags\", \"answer\": \"none\"}]},"                                               \
  "\"poll\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"url\": "                                                                           \
  "\"${base.api}/machines/${job.remote_id}\", \"take\": {\"state\": \"$.state\", \"billed\": "                                                  \
  "{\"path\": \"$.usd\", \"as\": \"usd\"}}}]},"                                                                                                 \
  "\"cancel\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"method\": \"POST\", \"url\": "                                                   \
  "\"${base.api}/stop\", \"take\": {\"state\": \"$.state\", \"billed\": {\"path\": \"$.usd\", "                                                 \
  "\"as\": \"usd\"}}}]},"                                                                                                                       \
  "\"outputs\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"url\": \"${base.api}/result\"}], "                                              \
  "\"records\": [{\"items\": \"$.result\", \"document\": true}]},"                                                                              \
  "\"release\": {\"needs\": [\"job.remote_id\"], \"steps\": [{\"method\": \"DELETE\", \"url\": "                                                \
  "\"${base.api}/machines/${job.remote_id}\", \"answer\": \"none\", \"repeatable\": false, "                                                    \
  "\"creates\": false}]}"

void rest_provider_set_up (RestProvider *self);
void rest_provider_tear_down (RestProvider *self);
void rest_provider_add (RestProvider *self, const char *id, const char *operations);
void rest_provider_add_at (const char *id, const char *operations, const char *url);

/* Answers of the same place are given one after the other; the last one stays. A status of 0 is no
 * answer at all. */
void rest_provider_answer (RestProvider *self, const char *place, guint status, const char *json);
guint rest_provider_count (RestProvider *self, const char *place);

G_END_DECLS
