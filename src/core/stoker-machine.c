/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-machine.h"

const char *const stoker_machine_state_names[] = {
  "unknown", "starting", "running", "stopping", "stopped", "gone", NULL,
};

G_DEFINE_BOXED_TYPE (StokerMachine, stoker_machine, stoker_machine_ref, stoker_machine_unref)

/**
 * stoker_machine_new:
 * @id: what the provider calls it
 *
 * Returns: (transfer full): a machine of which nothing else is told
 */
StokerMachine *
stoker_machine_new (const char *id, StokerMachineState state)
{
  StokerMachine *self = g_new0 (StokerMachine, 1);

  self->id = g_strdup (id);
  self->state = state;
  self->price = stoker_money_unknown ();
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_machine_ref:
 *
 * Returns: (transfer full): @self
 */
StokerMachine *
stoker_machine_ref (StokerMachine *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_machine_unref:
 * @self: (transfer full): a machine
 */
void
stoker_machine_unref (StokerMachine *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->message);
  g_free (self->gpu);
  g_free (self->region);
  g_free (self->address);
  g_free (self->plan);
  g_free (self);
}

/**
 * stoker_machine_state_from_name:
 * @name: (nullable): one of #stoker_machine_state_names
 *
 * Returns: the state; unknown for any other word
 */
StokerMachineState
stoker_machine_state_from_name (const char *name)
{
  for (int i = 0; name != NULL && stoker_machine_state_names[i] != NULL; i++)
    if (g_str_equal (name, stoker_machine_state_names[i]))
      return (StokerMachineState) i;

  return STOKER_MACHINE_UNKNOWN;
}
