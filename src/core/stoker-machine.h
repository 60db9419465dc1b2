/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "stoker-money.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_MACHINE_UNKNOWN,
  STOKER_MACHINE_STARTING,
  STOKER_MACHINE_RUNNING,
  STOKER_MACHINE_STOPPING,
  STOKER_MACHINE_STOPPED, /* kept, and perhaps still paid for: its disk */
  STOKER_MACHINE_GONE,
} StokerMachineState;

extern const char *const stoker_machine_state_names[];

#define STOKER_TYPE_MACHINE (stoker_machine_get_type ())

/* A rented or own computer that keeps costing until it is terminated. Counted; filled by the
 * connector. */
typedef struct _StokerMachine StokerMachine;
struct _StokerMachine
{
  char *id;
  char *name; /* nullable */
  StokerMachineState state;
  char *message;     /* nullable: what went wrong with it */
  char *gpu;         /* nullable */
  int gpus;          /* 0 not told */
  char *region;      /* nullable */
  char *address;     /* nullable */
  char *plan;        /* nullable: id in the profile */
  StokerMoney price; /* for an hour */
  gint64 created_us; /* 0 not told */

  gatomicrefcount ref_count; /*< private >*/
};

GType stoker_machine_get_type (void) G_GNUC_CONST;
StokerMachine *stoker_machine_new (const char *id, StokerMachineState state);
StokerMachine *stoker_machine_ref (StokerMachine *self);
void stoker_machine_unref (StokerMachine *self);
StokerMachineState stoker_machine_state_from_name (const char *name);
const char *stoker_machine_state_phrase (StokerMachineState state);
char *stoker_machine_describe_gpu (const StokerMachine *self);
JsonNode *stoker_machine_to_json (const StokerMachine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerMachine, stoker_machine_unref)

G_END_DECLS
