/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-machine.h"

#include "stoker-json-write.h"

#include <glib/gi18n-lib.h>

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

/**
 * stoker_machine_state_phrase:
 *
 * Returns: (transfer none): the state for people, in a word or two
 */
const char *
stoker_machine_state_phrase (StokerMachineState state)
{
  switch (state)
    {
    case STOKER_MACHINE_STARTING:
      return _ ("starting");
    case STOKER_MACHINE_RUNNING:
      return _ ("running");
    case STOKER_MACHINE_STOPPING:
      return _ ("stopping");
    case STOKER_MACHINE_STOPPED:
      return _ ("stopped");
    case STOKER_MACHINE_GONE:
      return _ ("gone");
    case STOKER_MACHINE_UNKNOWN:
    default:
      return _ ("state not told");
    }
}

/**
 * stoker_machine_describe_gpu:
 *
 * Returns: (transfer full) (nullable): "2 × RTX 4090"; %NULL when nobody told
 */
char *
stoker_machine_describe_gpu (const StokerMachine *self)
{
  if (self->gpu == NULL || self->gpus < 2)
    return g_strdup (self->gpu);
  return g_strdup_printf ("%d × %s", self->gpus, self->gpu);
}

/**
 * stoker_machine_to_json:
 *
 * Returns: (transfer full): `{"id","name","state","message","gpu","gpus","region","address","plan",
 * "price","created"}`, null where nobody told
 */
JsonNode *
stoker_machine_to_json (const StokerMachine *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  stoker_json_set_text (object, "id", self->id);
  stoker_json_set_text (object, "name", self->name);
  stoker_json_set_text (object, "state", stoker_machine_state_names[self->state]);
  stoker_json_set_text (object, "message", self->message);
  stoker_json_set_text (object, "gpu", self->gpu);
  stoker_json_set_count (object, "gpus", self->gpus > 0 ? self->gpus : -1);
  stoker_json_set_text (object, "region", self->region);
  stoker_json_set_text (object, "address", self->address);
  stoker_json_set_text (object, "plan", self->plan);
  stoker_json_set_money (object, "price", self->price);
  stoker_json_set_time (object, "created", self->created_us);

  return json_node_init_object (json_node_alloc (), object);
}
