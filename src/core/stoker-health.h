/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "stoker-time.h"

G_BEGIN_DECLS

#define STOKER_TYPE_HEALTH (stoker_health_get_type ())

/* Outcome of a check of a provider. Immutable, atomically counted. */
typedef struct _StokerHealth StokerHealth;
struct _StokerHealth
{
  gboolean is_ok;
  gint64 checked_us;
  gint64 latency_us;     /* -1 not measured */
  char *account;         /* nullable: who the key belongs to */
  char *balance;         /* nullable: as text with currency */
  char *scopes;          /* nullable */
  char *message;         /* nullable: what is wrong and what to do; never holds a secret */
  int error_code;        /* StokerError; -1 when ok */
  gint64 retry_at_us;    /* not before this; 0 not told */
  gint64 since_us;       /* the first of the checks in a row that ended like this one */
  gboolean is_unreached; /* no connection came about; known only after a check, not stored */

  gatomicrefcount ref_count; /*< private >*/
};

GType stoker_health_get_type (void) G_GNUC_CONST;
StokerHealth *stoker_health_new (gboolean is_ok, gint64 checked_us, const char *message);
StokerHealth *stoker_health_new_error (const GError *error, gint64 checked_us);
void stoker_health_continue (StokerHealth *self, const StokerHealth *before);
StokerHealth *stoker_health_ref (StokerHealth *self);
void stoker_health_unref (StokerHealth *self);
JsonNode *stoker_health_to_json (const StokerHealth *self);
StokerHealth *stoker_health_from_json (JsonNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerHealth, stoker_health_unref)

G_END_DECLS
