/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "http-calls.h"
#include "rest-server.h"

G_BEGIN_DECLS

/* An invented REST service on loopback that says what a test told it to, and a provider whose
 * manifest is written in the test. The secret api_key is "s3cret-key"; ${base.api} must be
 * "${config.api_url}". */
typedef struct
{
  RestServer rest;
  StokerHttpClient *client;
  StokerHttpConnector *connector;
  StokerConnection *connection;
  StokerWorkload *workload;
  StokerJobRequest request;
  char *output_dir;
  const char *key_file; /* nullable: the setting of that name, a path; for the next secret */
  GError *error;
} RestFixture;

void rest_fixture_set_up (RestFixture *self, const char *connector);
void rest_fixture_tear_down (RestFixture *self);

void rest_fixture_answer (
  RestFixture *self, const char *place, guint status, const char *content_type, const char *body);
void rest_fixture_tell (RestFixture *self, const char *place, const char *json);
void rest_fixture_set_secret (RestFixture *self, const char *field, const char *secret);
void rest_fixture_set_payload (RestFixture *self, const char *payload);
StokerJobReport *rest_fixture_run (RestFixture *self, StokerJobOperation operation);
StokerJobReport *rest_fixture_expect (RestFixture *self, StokerJobOperation operation);
void rest_fixture_expect_error (RestFixture *self,
                                StokerJobOperation operation,
                                int code,
                                const char *part);
StokerHealth *rest_fixture_check (RestFixture *self);
gboolean rest_fixture_release (RestFixture *self);
GPtrArray *rest_fixture_find (RestFixture *self);
StokerMachine *rest_fixture_change (RestFixture *self, StokerMachineChange what, const char *input);
JsonNode *rest_fixture_act (RestFixture *self, const char *action, const char *input);
void rest_fixture_assert_requests (RestFixture *self, const char *expected);

/* A test of the language, with the fixture that it sets up by itself. */
typedef struct
{
  const char *name;
  void (*test) (RestFixture *fixture, gconstpointer data);
} RestTest;

int rest_fixture_run_tests (
  int argc, char **argv, const char *prefix, const RestTest *tests, guint n_tests);

G_END_DECLS
