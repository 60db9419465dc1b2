/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-desk.h"

#include "stoker-error.h"

/* A pause in typing or dragging after which a new advice is asked for. */
#define ASK_DELAY_MS 150

/* An advice that stood unchanged for so long was read: it goes on the record. */
#define RECORD_DELAY_S 5

struct _StokerDesk
{
  GObject parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerJobWatch *job_watch;  /* owned, nullable */
  StokerPriceRefresh *prices; /* owned, nullable */
  char *problem;              /* owned, nullable */
  gboolean is_outdated;       /* this program, for its data */
  StokerWorkload *workload;   /* owned, nullable */
  StokerAdvice *advice;       /* owned, nullable */
  char *advice_problem;       /* owned, nullable */
  GCancellable *cancellable;  /* owned, nullable: the question under way */
  guint ask_source;
  guint record_source;
  gboolean is_recorded; /* the advice that is shown */
};

G_DEFINE_FINAL_TYPE (StokerDesk, stoker_desk, G_TYPE_OBJECT)

typedef enum {
  PROP_WORKSPACE = 1,
  PROP_PROBLEM,
  PROP_IS_OUTDATED,
  PROP_ADVICE,
  PROP_ADVICE_PROBLEM,
  PROP_IS_ADVISING,
  N_PROPS,
} StokerDeskProperty;

static GParamSpec *properties[N_PROPS];

enum {
  WORKLOAD_OFFERED,
  WORKLOAD_AMENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_asking (StokerDesk *self)
{
  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
did_record (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!stoker_record_advice_finish (result, &error))
    g_debug ("the advice was not recorded: %s", error->message);
}

static gboolean
record_cb (gpointer user_data)
{
  StokerDesk *self = user_data;

  self->record_source = 0;
  stoker_desk_record_advice (self);
  return G_SOURCE_REMOVE;
}

static void
take_advice (StokerDesk *self, StokerAdvice *advice, const char *problem)
{
  if (advice != NULL)
    {
      g_clear_pointer (&self->advice, stoker_advice_unref);
      self->advice = stoker_advice_ref (advice);
      self->is_recorded = FALSE;
      g_clear_handle_id (&self->record_source, g_source_remove);
      self->record_source = g_timeout_add_seconds (RECORD_DELAY_S, record_cb, self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADVICE]);
    }
  if (g_strcmp0 (self->advice_problem, problem) == 0)
    return;
  g_free (self->advice_problem);
  self->advice_problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADVICE_PROBLEM]);
}

static void
got_advice (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerAdvice) advice = stoker_preview_advice_finish (result, &error);

  /* A newer question replaced this one. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  take_advice (self, advice, error != NULL ? error->message : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ADVISING]);
}

static gboolean
ask_cb (gpointer user_data)
{
  StokerDesk *self = user_data;

  self->ask_source = 0;
  if (self->workspace == NULL || self->workload == NULL)
    return G_SOURCE_REMOVE;
  stop_asking (self);
  self->cancellable = g_cancellable_new ();
  stoker_preview_advice_async (self->workspace, self->workload, self->cancellable, got_advice,
                               g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ADVISING]);
  return G_SOURCE_REMOVE;
}

/* What an advice depends on beside the workload and the providers, and how it is written. */
static void
watch_settings (StokerDesk *self)
{
  static const char *const keys[] = {
    "tariff-per-kwh",
    "tariff-currency",
    "local-watts",
    "local-useful-hours",
    "enable-public-gpu",
    "enable-public-image-providers",
    "currency-style",
    "local-purchase-price",
    "enable-public-video-providers",
    "enable-public-image-video",
  };
  GSettings *settings = stoker_settings_get_gsettings (
    stoker_workspace_get_settings (self->workspace));

  for (guint i = 0; settings != NULL && i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (settings, signal, G_CALLBACK (stoker_desk_ask_again), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
providers_changed_cb (StokerDesk *self)
{
  stoker_desk_ask_again (self);
}

static void
forget_workspace (StokerDesk *self)
{
  if (self->workspace != NULL)
    {
      g_signal_handlers_disconnect_by_data (stoker_workspace_get_providers (self->workspace), self);
      g_signal_handlers_disconnect_by_data (stoker_workspace_get_live_offers (self->workspace),
                                            self);
    }
  if (self->prices != NULL)
    stoker_price_refresh_cancel (self->prices);
  g_clear_object (&self->prices);
  g_clear_object (&self->job_watch);
  g_clear_object (&self->workspace);
}

static void
watch_workspace (StokerDesk *self)
{
  self->job_watch = stoker_job_watch_new (stoker_workspace_get_jobs (self->workspace));
  self->prices = stoker_price_refresh_new (self->workspace);
  g_signal_connect_swapped (stoker_workspace_get_providers (self->workspace), "items-changed",
                            G_CALLBACK (providers_changed_cb), self);
  g_signal_connect_swapped (stoker_workspace_get_live_offers (self->workspace), "changed",
                            G_CALLBACK (stoker_desk_ask_again), self);
  watch_settings (self);
}

static void
stoker_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerDesk *self = STOKER_DESK (object);

  switch ((StokerDeskProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_IS_OUTDATED:
      g_value_set_boolean (value, self->is_outdated);
      break;
    case PROP_ADVICE:
      g_value_set_boxed (value, self->advice);
      break;
    case PROP_ADVICE_PROBLEM:
      g_value_set_string (value, self->advice_problem);
      break;
    case PROP_IS_ADVISING:
      g_value_set_boolean (value, stoker_desk_is_advising (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_desk_dispose (GObject *object)
{
  StokerDesk *self = STOKER_DESK (object);

  stop_asking (self);
  g_clear_handle_id (&self->record_source, g_source_remove);
  forget_workspace (self);
  G_OBJECT_CLASS (stoker_desk_parent_class)->dispose (object);
}

static void
stoker_desk_finalize (GObject *object)
{
  StokerDesk *self = STOKER_DESK (object);

  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_free (self->problem);
  g_free (self->advice_problem);
  G_OBJECT_CLASS (stoker_desk_parent_class)->finalize (object);
}

static void
stoker_desk_class_init (StokerDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_desk_get_property;
  object_class->dispose = stoker_desk_dispose;
  object_class->finalize = stoker_desk_finalize;

  properties[PROP_WORKSPACE] = g_param_spec_object ("workspace", NULL, NULL, STOKER_TYPE_WORKSPACE,
                                                    flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_IS_OUTDATED] = g_param_spec_boolean ("is-outdated", NULL, NULL, FALSE, flags);
  properties[PROP_ADVICE] = g_param_spec_boxed ("advice", NULL, NULL, STOKER_TYPE_ADVICE, flags);
  properties[PROP_ADVICE_PROBLEM] = g_param_spec_string ("advice-problem", NULL, NULL, NULL, flags);
  properties[PROP_IS_ADVISING] = g_param_spec_boolean ("is-advising", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[WORKLOAD_OFFERED] = g_signal_new ("workload-offered", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                            STOKER_TYPE_WORKLOAD, G_TYPE_STRING);
  signals[WORKLOAD_AMENDED] = g_signal_new ("workload-amended", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            STOKER_TYPE_WORKLOAD);
}

static void
stoker_desk_init (StokerDesk *self)
{
}

/**
 * stoker_desk_new:
 *
 * Returns: (transfer full): an empty desk
 */
StokerDesk *
stoker_desk_new (void)
{
  return g_object_new (STOKER_TYPE_DESK, NULL);
}

/**
 * stoker_desk_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace, once it is open
 */
StokerWorkspace *
stoker_desk_get_workspace (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->workspace;
}

/**
 * stoker_desk_set_workspace:
 * @workspace: (nullable): the open workspace
 *
 * Puts the workspace on the desk and asks for advice on what lies there.
 */
void
stoker_desk_set_workspace (StokerDesk *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_DESK (self));

  if (self->workspace == workspace)
    return;
  forget_workspace (self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    watch_workspace (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);
  stoker_desk_ask_again (self);
}

/**
 * stoker_desk_get_job_watch:
 *
 * Returns: (transfer none) (nullable): the watch over the jobs of the workspace, once it is open;
 * one for all, as there may be many jobs
 */
StokerJobWatch *
stoker_desk_get_job_watch (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->job_watch;
}

/**
 * stoker_desk_get_price_refresh:
 *
 * Returns: (transfer none) (nullable): what asks the providers of the workspace for their prices,
 * once it is open; one for all pages
 */
StokerPriceRefresh *
stoker_desk_get_price_refresh (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->prices;
}

/**
 * stoker_desk_get_problem:
 *
 * Returns: (transfer none) (nullable): why there is no workspace
 */
const char *
stoker_desk_get_problem (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->problem;
}

/**
 * stoker_desk_set_problem:
 * @problem: (nullable): why the workspace could not be opened
 */
void
stoker_desk_set_problem (StokerDesk *self, const char *problem)
{
  g_return_if_fail (STOKER_IS_DESK (self));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/**
 * stoker_desk_set_failure:
 * @error: (nullable): with what opening the workspace failed
 *
 * Tells the problem, and whether it is that a newer version of this program wrote the data, which
 * is so again at every further attempt.
 */
void
stoker_desk_set_failure (StokerDesk *self, const GError *error)
{
  gboolean is_outdated = g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);

  g_return_if_fail (STOKER_IS_DESK (self));

  if (self->is_outdated != is_outdated)
    {
      self->is_outdated = is_outdated;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OUTDATED]);
    }
  stoker_desk_set_problem (self, error != NULL ? error->message : NULL);
}

/**
 * stoker_desk_get_workload:
 *
 * Returns: (transfer none) (nullable): what is to be done
 */
StokerWorkload *
stoker_desk_get_workload (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->workload;
}

/**
 * stoker_desk_set_workload:
 * @workload: what is to be done
 *
 * Puts a workload on the desk; advice on it follows after a short pause.
 */
void
stoker_desk_set_workload (StokerDesk *self, StokerWorkload *workload)
{
  g_return_if_fail (STOKER_IS_DESK (self));
  g_return_if_fail (workload != NULL);

  g_clear_pointer (&self->workload, stoker_workload_unref);
  self->workload = stoker_workload_ref (workload);
  stoker_desk_ask_again (self);
}

/**
 * stoker_desk_amend_workload:
 * @workload: the one on the desk, with something told otherwise
 *
 * Gives it to whoever shows the one on the desk as a form, by the signal `workload-amended`.
 */
void
stoker_desk_amend_workload (StokerDesk *self, StokerWorkload *workload)
{
  g_return_if_fail (STOKER_IS_DESK (self));
  g_return_if_fail (workload != NULL);

  g_signal_emit (self, signals[WORKLOAD_AMENDED], 0, workload);
}

/**
 * stoker_desk_offer_workload:
 * @workload: what somebody wants to do anew
 * @name: (nullable): where it comes from
 *
 * Gives a workload to whoever shows the one on the desk as a form, by the signal
 * `workload-offered`.
 */
void
stoker_desk_offer_workload (StokerDesk *self, StokerWorkload *workload, const char *name)
{
  g_return_if_fail (STOKER_IS_DESK (self));
  g_return_if_fail (workload != NULL);

  g_signal_emit (self, signals[WORKLOAD_OFFERED], 0, workload, name);
}

/**
 * stoker_desk_ask_again:
 *
 * Asks for advice anew after a short pause, for instance because a provider has changed.
 */
void
stoker_desk_ask_again (StokerDesk *self)
{
  g_return_if_fail (STOKER_IS_DESK (self));

  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->workspace != NULL && self->workload != NULL)
    self->ask_source = g_timeout_add (ASK_DELAY_MS, ask_cb, self);
}

/**
 * stoker_desk_get_advice:
 *
 * Returns: (transfer none) (nullable): the latest advice
 */
StokerAdvice *
stoker_desk_get_advice (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->advice;
}

/**
 * stoker_desk_record_advice:
 *
 * Writes the latest advice to the log and the audit trail, once. To be called when something is
 * done with it; one that stands for some seconds is recorded by itself.
 */
void
stoker_desk_record_advice (StokerDesk *self)
{
  g_return_if_fail (STOKER_IS_DESK (self));

  g_clear_handle_id (&self->record_source, g_source_remove);
  if (self->advice == NULL || self->workspace == NULL || self->is_recorded)
    return;
  self->is_recorded = TRUE;
  stoker_record_advice_async (self->workspace, self->advice, NULL, did_record, NULL);
}

/**
 * stoker_desk_get_advice_problem:
 *
 * Returns: (transfer none) (nullable): why the last question got no answer
 */
const char *
stoker_desk_get_advice_problem (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), NULL);

  return self->advice_problem;
}

/**
 * stoker_desk_is_advising:
 *
 * Returns: whether an answer is awaited
 */
gboolean
stoker_desk_is_advising (StokerDesk *self)
{
  g_return_val_if_fail (STOKER_IS_DESK (self), FALSE);

  return self->cancellable != NULL;
}
