/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job.h"

/**
 * stoker_artifact_new:
 * @name: its name
 *
 * Returns: (transfer full): an output file that is not here yet
 */
StokerArtifact *
stoker_artifact_new (const char *name)
{
  StokerArtifact *self = g_new0 (StokerArtifact, 1);

  self->name = g_strdup (name);
  self->bytes = -1;

  return self;
}

/**
 * stoker_artifact_free:
 * @self: (transfer full): an artifact; its file stays
 */
void
stoker_artifact_free (StokerArtifact *self)
{
  g_free (self->name);
  g_free (self->path);
  g_free (self->media_type);
  g_free (self->checksum);
  g_free (self);
}

/**
 * stoker_attempt_new:
 * @provider_id: where it is tried
 * @token: unique name that travels with the request
 *
 * Returns: (transfer full): a first attempt that waits
 */
StokerAttempt *
stoker_attempt_new (const char *provider_id, const char *token)
{
  StokerAttempt *self = g_new0 (StokerAttempt, 1);

  self->number = 1;
  self->provider_id = g_strdup (provider_id);
  self->token = g_strdup (token);
  self->state = STOKER_JOB_WAITING;
  self->accrued = stoker_money_unknown ();

  return self;
}

/**
 * stoker_attempt_copy:
 *
 * Returns: (transfer full): a copy of @self
 */
StokerAttempt *
stoker_attempt_copy (const StokerAttempt *self)
{
  StokerAttempt *copy = g_new0 (StokerAttempt, 1);

  *copy = *self;
  copy->provider_id = g_strdup (self->provider_id);
  copy->token = g_strdup (self->token);
  copy->remote_id = g_strdup (self->remote_id);
  copy->message = g_strdup (self->message);
  copy->handle = self->handle != NULL ? json_node_copy (self->handle) : NULL;

  return copy;
}

/**
 * stoker_attempt_free:
 * @self: (transfer full): an attempt
 */
void
stoker_attempt_free (StokerAttempt *self)
{
  g_free (self->provider_id);
  g_free (self->token);
  g_free (self->remote_id);
  g_free (self->message);
  g_clear_pointer (&self->handle, json_node_unref);
  g_free (self);
}
