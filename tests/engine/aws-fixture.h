/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-manifest.h"
#include "stoker-scope.h"

G_BEGIN_DECLS

/* A shipped manifest for AWS, with the settings and the job that Amazon's client was asked for. */
typedef struct
{
  StokerManifest *manifest;
  StokerConnection *connection;
  StokerWorkload *workload;
  StokerScope *scope;
} AwsFixture;

void aws_fixture_set_up (AwsFixture *self, gconstpointer id);
void aws_fixture_tear_down (AwsFixture *self, gconstpointer unused);
JsonNode *aws_fixture_find_step (AwsFixture *self, const char *operation, const char *action);

char *aws_fixture_find_folder (const char *name);
char *aws_fixture_read (const char *folder, const char *name);

G_END_DECLS
