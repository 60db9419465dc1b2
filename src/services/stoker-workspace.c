/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workspace-private.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (StokerWorkspace, stoker_workspace, G_TYPE_OBJECT)

typedef enum {
  PROP_KEYRING_MESSAGE = 1,
  PROP_NOTICE,
  PROP_IS_SCHEDULER,
  PROP_IS_CUT_OFF,
  N_PROPS
} StokerWorkspaceProperty;

static GParamSpec *properties[N_PROPS];

static int
compare_providers (gconstpointer a, gconstpointer b, gpointer user_data)
{
  StokerProvider *first = STOKER_PROVIDER ((gpointer) a);
  StokerProvider *second = STOKER_PROVIDER ((gpointer) b);
  int difference = stoker_provider_get_priority (first) - stoker_provider_get_priority (second);

  if (difference != 0)
    return difference;
  return g_strcmp0 (stoker_provider_get_id (first), stoker_provider_get_id (second));
}

static gboolean
find_provider (StokerWorkspace *self, const char *id, guint *position)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (self->providers));

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider)
        provider = g_list_model_get_item (G_LIST_MODEL (self->providers), i);

      if (g_str_equal (stoker_provider_get_id (provider), id))
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
stoker_workspace_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StokerWorkspace *self = STOKER_WORKSPACE (object);

  switch ((StokerWorkspaceProperty) prop_id)
    {
    case PROP_KEYRING_MESSAGE:
      g_value_set_string (value, self->keyring_message);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    case PROP_IS_SCHEDULER:
      g_value_set_boolean (value, stoker_workspace_is_scheduler (self));
      break;
    case PROP_IS_CUT_OFF:
      g_value_set_boolean (value, self->is_cut_off);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stoker_workspace_dispose (GObject *object)
{
  StokerWorkspace *self = STOKER_WORKSPACE (object);

  if (self->scheduler != NULL)
    {
      stoker_scheduler_stop (self->scheduler);
      g_signal_handlers_disconnect_by_data (self->scheduler, self);
    }
  if (self->secrets != NULL)
    g_signal_handlers_disconnect_by_data (self->secrets, self);
  g_clear_object (&self->scheduler);
  g_clear_object (&self->connectors);
  g_clear_object (&self->secrets);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_object (&self->live_offers);
  g_clear_object (&self->gpu_specs);
  g_clear_object (&self->catalog);
  g_clear_object (&self->jobs);
  g_clear_object (&self->providers);

  G_OBJECT_CLASS (stoker_workspace_parent_class)->dispose (object);
}

static void
stoker_workspace_finalize (GObject *object)
{
  StokerWorkspace *self = STOKER_WORKSPACE (object);

  g_clear_pointer (&self->keyring_message, g_free);
  g_clear_pointer (&self->notice, g_free);

  G_OBJECT_CLASS (stoker_workspace_parent_class)->finalize (object);
}

static void
stoker_workspace_class_init (StokerWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_workspace_get_property;
  object_class->dispose = stoker_workspace_dispose;
  object_class->finalize = stoker_workspace_finalize;

  properties[PROP_KEYRING_MESSAGE] = g_param_spec_string ("keyring-message", NULL, NULL, NULL,
                                                          flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  properties[PROP_IS_SCHEDULER] = g_param_spec_boolean ("is-scheduler", NULL, NULL, FALSE, flags);
  properties[PROP_IS_CUT_OFF] = g_param_spec_boolean ("is-cut-off", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_workspace_init (StokerWorkspace *self)
{
  self->settings = stoker_settings_new ();
  stoker_settings_rule_program (self->settings);
  self->connectors = stoker_connector_set_new ();
  self->providers = g_list_store_new (STOKER_TYPE_PROVIDER);
  self->jobs = stoker_job_list_new ();
}

/**
 * stoker_workspace_get_catalog:
 * @self: the workspace
 *
 * Returns: (transfer none): every profile
 */
StokerCatalog *
stoker_workspace_get_catalog (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return self->catalog;
}

/**
 * stoker_workspace_get_gpu_specs:
 * @self: the workspace
 *
 * Returns: (transfer none): what is known of GPU models
 */
StokerGpuSpecs *
stoker_workspace_get_gpu_specs (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return self->gpu_specs;
}

/**
 * stoker_workspace_get_live_offers:
 * @self: the workspace
 *
 * Returns: (transfer none): what the registered providers told of their offers
 */
StokerLiveOffers *
stoker_workspace_get_live_offers (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return self->live_offers;
}

/**
 * stoker_workspace_get_settings:
 * @self: the workspace
 *
 * Returns: (transfer none): preferences and feature flags
 */
StokerSettings *
stoker_workspace_get_settings (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return self->settings;
}

/**
 * stoker_workspace_get_providers:
 * @self: the workspace
 *
 * Returns: (transfer none): the registered providers, of #StokerProvider, by priority
 */
GListModel *
stoker_workspace_get_providers (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return G_LIST_MODEL (self->providers);
}

/**
 * stoker_workspace_get_jobs:
 * @self: the workspace
 *
 * Returns: (transfer none): the jobs, of #StokerJob, newest first; a #StokerJobList
 */
GListModel *
stoker_workspace_get_jobs (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return G_LIST_MODEL (self->jobs);
}

/**
 * stoker_workspace_lookup_provider:
 * @self: the workspace
 * @id: id of a registered provider
 *
 * Returns: (transfer none) (nullable): the provider
 */
StokerProvider *
stoker_workspace_lookup_provider (StokerWorkspace *self, const char *id)
{
  g_autoptr (StokerProvider) provider = NULL;
  guint position;

  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  if (id == NULL || !find_provider (self, id, &position))
    return NULL;
  provider = g_list_model_get_item (G_LIST_MODEL (self->providers), position);
  return provider; /* the list keeps it alive */
}

/**
 * stoker_workspace_lookup_job:
 * @self: the workspace
 * @id: id of a job
 *
 * Returns: (transfer none) (nullable): the job
 */
StokerJob *
stoker_workspace_lookup_job (StokerWorkspace *self, const char *id)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return stoker_job_list_lookup (self->jobs, id);
}

/**
 * stoker_workspace_get_profile:
 * @self: the workspace
 * @provider: a registered provider
 *
 * Returns: (transfer none) (nullable): the profile it was made from; %NULL when its template is no
 * longer there
 */
StokerProfile *
stoker_workspace_get_profile (StokerWorkspace *self, StokerProvider *provider)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return stoker_catalog_lookup (self->catalog, stoker_provider_get_template_id (provider));
}

/**
 * stoker_workspace_is_scheduler:
 * @self: the workspace
 *
 * Returns: %TRUE when this process sends and follows the jobs
 */
gboolean
stoker_workspace_is_scheduler (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), FALSE);

  return self->scheduler != NULL && stoker_scheduler_get_has_lock (self->scheduler);
}

/**
 * stoker_workspace_is_open:
 * @self: the workspace
 *
 * Returns: %FALSE after stoker_workspace_close_async()
 */
gboolean
stoker_workspace_is_open (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), FALSE);

  return !self->is_closed;
}

/**
 * stoker_workspace_get_keyring_message:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): what is wrong with the keyring and what to do
 */
const char *
stoker_workspace_get_keyring_message (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return self->keyring_message;
}

/**
 * stoker_workspace_get_notice:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): what the user must know about the database
 */
const char *
stoker_workspace_get_notice (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), NULL);

  return self->notice;
}

/* Private to the use cases. */

StokerStore *
stoker_workspace_get_store (StokerWorkspace *self)
{
  return self->store;
}

StokerSecretStore *
stoker_workspace_get_secrets (StokerWorkspace *self)
{
  return self->secrets;
}

GObject *
stoker_workspace_get_connector (StokerWorkspace *self, StokerProfile *profile)
{
  return stoker_connector_set_lookup (self->connectors, profile);
}

/* For a use case that needs the database: fails @task when the workspace was opened without. */
gboolean
stoker_workspace_require_store (StokerWorkspace *self, GTask *task)
{
  if (self->store != NULL)
    return TRUE;

  g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s",
                           _ ("the workspace was opened without its database"));
  return FALSE;
}

/* For a use case that changes jobs that have not ended: fails @task when another process follows
 * them. */
gboolean
stoker_workspace_require_scheduler (StokerWorkspace *self, GTask *task)
{
  if (stoker_workspace_is_scheduler (self))
    return TRUE;

  g_task_return_new_error (
    task, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE, "%s",
    _ ("another Stoker process follows the jobs right now; try again when it is done"));
  return FALSE;
}

/* Adds a provider, or puts it in the place of the one with its id. */
void
stoker_workspace_put_provider (StokerWorkspace *self, StokerProvider *provider)
{
  guint position;

  if (find_provider (self, stoker_provider_get_id (provider), &position))
    g_list_store_splice (self->providers, position, 1, (gpointer *) &provider, 1);
  else
    g_list_store_append (self->providers, provider);
  stoker_workspace_sort_providers (self);
}

void
stoker_workspace_drop_provider (StokerWorkspace *self, const char *id)
{
  guint position;

  if (find_provider (self, id, &position))
    g_list_store_remove (self->providers, position);
}

/* How many of the first @length, which are in order, belong before the provider. */
static guint
count_before (StokerWorkspace *self, guint length, StokerProvider *provider)
{
  for (guint i = length; i > 0; i--)
    {
      g_autoptr (StokerProvider)
        other = g_list_model_get_item (G_LIST_MODEL (self->providers), i - 1);

      if (compare_providers (other, provider, NULL) <= 0)
        return i;
    }
  return 0;
}

/* Moves only those that are out of place, so that what shows the others is not disturbed. */
void
stoker_workspace_sort_providers (StokerWorkspace *self)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (self->providers));

  for (guint i = 1; i < length; i++)
    {
      g_autoptr (StokerProvider)
        provider = g_list_model_get_item (G_LIST_MODEL (self->providers), i);
      guint place = count_before (self, i, provider);

      if (place == i)
        continue;
      g_list_store_remove (self->providers, i);
      g_list_store_insert (self->providers, place, provider);
    }
}

/* Without the provider its jobs would lose the way to where they run, and go on costing. */
gboolean
stoker_workspace_has_unfinished_jobs (StokerWorkspace *self, const char *provider_id)
{
  GListModel *jobs = G_LIST_MODEL (self->jobs);
  guint length = g_list_model_get_n_items (jobs);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (g_str_equal (stoker_job_get_provider_id (job), provider_id) &&
          !stoker_job_state_is_final (stoker_job_get_state (job)))
        return TRUE;
    }
  return FALSE;
}

void
stoker_workspace_put_job (StokerWorkspace *self, StokerJob *job)
{
  if (stoker_job_list_lookup (self->jobs, stoker_job_get_id (job)) == NULL)
    stoker_job_list_add (self->jobs, job);
}

/* A job that had ended is to be sent again. */
void
stoker_workspace_follow_job (StokerWorkspace *self, StokerJob *job)
{
  if (self->scheduler != NULL)
    stoker_scheduler_follow_job (self->scheduler, job);
}

void
stoker_workspace_wake_scheduler (StokerWorkspace *self)
{
  if (self->scheduler != NULL)
    stoker_scheduler_wake (self->scheduler);
}

/* That nobody could be reached says nothing of any provider, but its user wants to know. */
void
stoker_workspace_set_cut_off (StokerWorkspace *self, gboolean is_cut_off)
{
  if (self->is_cut_off == is_cut_off)
    return;
  self->is_cut_off = is_cut_off;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CUT_OFF]);
}

/**
 * stoker_workspace_is_cut_off:
 *
 * Returns: whether none of the providers that were asked last in the background could be reached
 */
gboolean
stoker_workspace_is_cut_off (StokerWorkspace *self)
{
  g_return_val_if_fail (STOKER_IS_WORKSPACE (self), FALSE);

  return self->is_cut_off;
}

/* The places of waiting jobs have changed. */
void
stoker_workspace_sort_queue (StokerWorkspace *self)
{
  if (self->scheduler != NULL)
    stoker_scheduler_sort_queue (self->scheduler);
}

void
stoker_workspace_cancel_in_scheduler (StokerWorkspace *self, StokerJob *job)
{
  if (self->scheduler != NULL)
    stoker_scheduler_cancel_job (self->scheduler, job);
}

void
stoker_workspace_confirm_in_scheduler (StokerWorkspace *self, StokerJob *job)
{
  if (self->scheduler != NULL)
    stoker_scheduler_confirm_ended (self->scheduler, job);
}
