/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "http-calls.h"
#include "stoker-emulator.h"

G_BEGIN_DECLS

/* A connector that talks to an emulator with a shipped catalog document. Everything that is logged
 * meanwhile is kept, and the end of a test fails when the key is in it. */
typedef struct
{
  StokerEmulator *emulator;
  StokerCatalog *catalog;
  StokerHttpClient *client;
  StokerHttpConnector *connector;
  StokerConnection *connection;
  StokerWorkload *workload;
  char *output_dir;
  StokerJobRequest request; /* what the next call asks with */
  char *remote_id;
  gboolean is_impatient; /* for http_fixture_connect(): a time-out of one second */
  GError *error;         /* of the last call that failed */
} HttpFixture;

void http_fixture_set_up (HttpFixture *self, const char *provider);
void http_fixture_tear_down (HttpFixture *self);
void http_fixture_connect (HttpFixture *self, const char *provider, const char *key, ...)
  G_GNUC_NULL_TERMINATED;
JsonObject *http_fixture_load_case (const char *id);
void http_fixture_connect_case (HttpFixture *self,
                                JsonObject *known,
                                JsonObject *secrets,
                                const char *prefix);
void http_fixture_connect_special (HttpFixture *self, JsonObject *known, JsonObject *special);
void http_fixture_control (HttpFixture *self, const char *order);
void http_fixture_set_payload (HttpFixture *self, const char *payload);

StokerHealth *http_fixture_check (HttpFixture *self);
StokerOfferTable *http_fixture_list (HttpFixture *self);
StokerJobReport *http_fixture_run (HttpFixture *self, StokerJobOperation operation);
GPtrArray *http_fixture_find (HttpFixture *self);
StokerMachine *http_fixture_change (HttpFixture *self, StokerMachineChange what, const char *input);
GPtrArray *http_fixture_list_machines (HttpFixture *self);
JsonNode *http_fixture_act (HttpFixture *self, const char *action, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void http_fixture_submit (HttpFixture *self);
StokerJobReport *
http_fixture_go_on (HttpFixture *self, guint seconds, StokerJobOperation operation);
void http_fixture_assert_state (HttpFixture *self, StokerJobState state);
void http_fixture_assert_error (HttpFixture *self, int code, const char *part);
guint http_fixture_count_jobs (HttpFixture *self);
char *http_fixture_describe_state (HttpFixture *self);
char *http_fixture_dup_log (void);
void http_fixture_assert_quiet_log (void);
void http_fixture_assert_no_secret (const char *text);
void http_fixture_assert_message (const char *message);

/* A test of a connector's own file of tests. */
typedef struct
{
  const char *name;
  void (*test) (HttpFixture *fixture, gconstpointer data);
} HttpTest;

int http_fixture_run_tests (int argc,
                            char **argv,
                            const char *prefix,
                            void (*set_up) (HttpFixture *fixture, gconstpointer data),
                            const HttpTest *tests,
                            guint n_tests);

G_END_DECLS
