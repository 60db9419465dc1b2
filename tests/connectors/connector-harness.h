/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"

G_BEGIN_DECLS

/* One answer of a connector. */
typedef struct
{
  gpointer value; /* what the interface answers with */
  GError *error;
  gboolean is_done;
} Answer;

StokerConnection *harness_connect (const char *profile_id);
StokerWorkload *harness_workload (const char *json);
JsonNode *harness_json (const char *json);
void harness_wait (const gboolean *flag);
void harness_pause (void);
void harness_assert_finalize (gpointer object);

StokerJobReport *harness_run (gpointer connector,
                              StokerJobOperation operation,
                              StokerConnection *connection,
                              const StokerJobRequest *request,
                              GError **error);
GPtrArray *harness_find (gpointer connector,
                         StokerConnection *connection,
                         const StokerJobRequest *request,
                         GError **error);
StokerHealth *harness_check (gpointer connector, StokerConnection *connection, GError **error);

char *harness_make_dir (void);
void harness_remove_tree (const char *path);

G_END_DECLS
