/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "http-fixture.h"

G_BEGIN_DECLS

/* A case of tests/connectors/providers at its emulator. */
typedef struct
{
  HttpFixture http;
  JsonObject *known; /* the case */
} ProviderCase;

/* One of the tests that each case goes through. */
typedef struct
{
  const char *name;
  const char *needs; /* nullable: the member that a case has when the test is for it */
  void (*test) (gpointer self, gconstpointer id);
} ProviderTest;

typedef struct
{
  const char *prefix; /* of the tests' paths */
  gsize size;         /* of the fixture, which begins with a ProviderCase */
  void (*set_up) (gpointer self, gconstpointer id);
  void (*tear_down) (gpointer self, gconstpointer id);
  const ProviderTest *tests;
  guint n_tests;
} ProviderSuite;

int provider_case_run (int argc, char **argv, const ProviderSuite *suite);

void provider_case_begin (ProviderCase *self, const char *id, gboolean is_impatient);
void provider_case_end (ProviderCase *self);
void provider_case_take_job (ProviderCase *self, JsonObject *job);
void provider_case_take_payload (ProviderCase *self, JsonObject *entry);
void provider_case_control (ProviderCase *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void provider_case_obey (ProviderCase *self, JsonObject *entry);

StokerJobReport *provider_case_submit (ProviderCase *self);
void provider_case_release (ProviderCase *self);

JsonObject *provider_case_get_object (JsonObject *parent, const char *name);
JsonArray *provider_case_get_array (JsonObject *parent, const char *name);
const char *provider_case_get_text (JsonObject *parent, const char *name, const char *fallback);

G_END_DECLS
