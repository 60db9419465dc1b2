/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-manifest.h"
#include "stoker-scope.h"

G_BEGIN_DECLS

/* A manifest written in a test, with a provider that has the secret "s3cret-key" and the settings
 * region=eu and model=a/b c. */
typedef struct
{
  StokerManifest *manifest;
  StokerConnection *connection;
  StokerWorkload *workload;
  StokerScope *scope;
} ManifestFixture;

StokerManifest *manifest_fixture_decode (const char *connector, GError **error);
void manifest_fixture_set_up (ManifestFixture *self, const char *connector);
void manifest_fixture_clear (ManifestFixture *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ManifestFixture, manifest_fixture_clear)

/* The first step of its operation check. */
JsonNode *manifest_fixture_get_step (const ManifestFixture *self);

/* A manifest with one operation, check, whose only step is @step. */
char *manifest_fixture_with_step (const char *step);

G_END_DECLS
