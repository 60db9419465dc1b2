/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-decision.h"

#include "stoker-error.h"
#include "stoker-job-phrases.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"

#include <glib/gi18n-lib.h>

#define DAY_US (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

struct _StokerDecision
{
  GObject parent_instance;

  const char *icon_name;    /* static */
  const char *style_class;  /* static */
  char *title;              /* owned */
  char *subtitle;           /* owned */
  const char *button_label; /* static */
  const char *action_name;  /* static */
  char *target;             /* owned */
};

G_DEFINE_FINAL_TYPE (StokerDecision, stoker_decision, G_TYPE_OBJECT)

static void
stoker_decision_finalize (GObject *object)
{
  StokerDecision *self = STOKER_DECISION (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->target);
  G_OBJECT_CLASS (stoker_decision_parent_class)->finalize (object);
}

static void
stoker_decision_class_init (StokerDecisionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_decision_finalize;
}

static void
stoker_decision_init (StokerDecision *self)
{
}

/* "key rejected" and "5 min ago" as "key rejected · 5 min ago". */
static char *
join (const char *text, gint64 then_us, gint64 now_us)
{
  g_autofree char *age = then_us > 0 ? stoker_age_format (then_us, now_us) : NULL;

  if (age == NULL || *age == '\0')
    return g_strdup (text);
  return *text != '\0' ? g_strdup_printf ("%s · %s", text, age) : g_steal_pointer (&age);
}

/**
 * stoker_decision_new_for_keyring:
 * @message: (nullable): what is wrong with the keyring and what to do
 *
 * Returns: (transfer full) (nullable): the decision, or %NULL when nothing is wrong
 */
StokerDecision *
stoker_decision_new_for_keyring (const char *message)
{
  StokerDecision *self = NULL;

  if (message == NULL)
    return NULL;
  self = g_object_new (STOKER_TYPE_DECISION, NULL);
  self->icon_name = "dialog-password-symbolic";
  self->style_class = "warning";
  self->title = g_strdup (_ ("The keyring cannot be used"));
  self->subtitle = stoker_phrase_sentence (message);
  self->button_label = _ ("_Fix");
  self->action_name = "win.show-page";
  self->target = g_strdup ("providers");
  return self;
}

/**
 * stoker_decision_new_for_provider:
 * @provider: a registered provider
 * @now_us: the time it is
 *
 * Returns: (transfer full) (nullable): the decision, or %NULL when the provider is switched off or
 * nothing is known to be wrong with it
 */
StokerDecision *
stoker_decision_new_for_provider (StokerProvider *provider, gint64 now_us)
{
  StokerHealth *health = stoker_provider_get_health (provider);
  StokerDecision *self = NULL;
  g_autofree char *words = NULL;

  if (health == NULL || health->is_ok || !stoker_provider_get_active (provider))
    return NULL;
  words = stoker_phrase_health (health);
  self = g_object_new (STOKER_TYPE_DECISION, NULL);
  self->icon_name = health->error_code == STOKER_ERROR_AUTH ? "dialog-password-symbolic"
                                                            : "network-server-symbolic";
  self->style_class = stoker_phrase_health_class (health);
  self->title = g_strdup (stoker_phrase_provider_name (provider));
  self->subtitle = join (words, health->since_us, now_us);
  self->button_label = _ ("_Fix");
  self->action_name = "win.show-provider";
  self->target = g_strdup (stoker_provider_get_id (provider));
  return self;
}

/* Waits, and will go on waiting until a person does something. */
static gboolean
is_held (StokerJob *job)
{
  switch (stoker_job_get_error_code (job))
    {
    case STOKER_ERROR_AUTH:
    case STOKER_ERROR_FORBIDDEN:
    case STOKER_ERROR_QUOTA:
    case STOKER_ERROR_CONFIG:
    case STOKER_ERROR_HELD:
      return !stoker_job_state_is_final (stoker_job_get_state (job));
    default:
      return FALSE;
    }
}

static gboolean
needs_decision (StokerJob *job, gint64 now_us)
{
  StokerJobState state = stoker_job_get_state (job);

  if (state == STOKER_JOB_FAILED || state == STOKER_JOB_LOST)
    return stoker_job_get_ended (job) > now_us - DAY_US;
  return is_held (job);
}

static char *
describe_job (StokerJob *job, const char *provider_name, gint64 now_us)
{
  g_autofree char *message = stoker_phrase_job_message (job);
  g_autofree char *state = g_strdup_printf ("%s · %s",
                                            is_held (job) ? _ ("Held")
                                                          : stoker_phrase_job_state (
                                                              stoker_job_get_state (job)),
                                            provider_name);
  g_autofree char *dated = join (state, stoker_job_get_ended (job), now_us);

  return *message != '\0' ? g_strdup_printf ("%s\n%s", dated, message) : g_steal_pointer (&dated);
}

/**
 * stoker_decision_new_for_job:
 * @job: a job
 * @provider_name: what its provider is called
 * @now_us: the time it is
 *
 * Returns: (transfer full) (nullable): the decision for a job that is held, or that failed or was
 * lost in the last 24 hours; else %NULL
 */
StokerDecision *
stoker_decision_new_for_job (StokerJob *job, const char *provider_name, gint64 now_us)
{
  StokerDecision *self = NULL;

  if (!needs_decision (job, now_us))
    return NULL;
  self = g_object_new (STOKER_TYPE_DECISION, NULL);
  self->icon_name = is_held (job) ? "media-playback-pause-symbolic"
                                  : stoker_phrase_job_icon (stoker_job_get_state (job));
  self->style_class = is_held (job) ? "warning"
                                    : stoker_phrase_job_class (stoker_job_get_state (job));
  self->title = g_strdup (stoker_job_get_name (job));
  self->subtitle = describe_job (job, provider_name, now_us);
  self->button_label = _ ("_Look");
  self->action_name = "win.show-job";
  self->target = g_strdup (stoker_job_get_id (job));
  return self;
}

/**
 * stoker_decision_get_icon_name:
 *
 * Returns: (transfer none): name of a symbolic icon
 */
const char *
stoker_decision_get_icon_name (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->icon_name;
}

/**
 * stoker_decision_get_style_class:
 *
 * Returns: (transfer none): style class of the icon
 */
const char *
stoker_decision_get_style_class (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->style_class;
}

/**
 * stoker_decision_get_title:
 *
 * Returns: (transfer none): what it is about
 */
const char *
stoker_decision_get_title (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->title;
}

/**
 * stoker_decision_get_subtitle:
 *
 * Returns: (transfer none): what is the matter with it, and since when
 */
const char *
stoker_decision_get_subtitle (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->subtitle;
}

/**
 * stoker_decision_get_button_label:
 *
 * Returns: (transfer none): the next step, with a mnemonic
 */
const char *
stoker_decision_get_button_label (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->button_label;
}

/**
 * stoker_decision_get_action_name:
 *
 * Returns: (transfer none): action of the next step
 */
const char *
stoker_decision_get_action_name (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->action_name;
}

/**
 * stoker_decision_get_target:
 *
 * Returns: (transfer none): text that goes with the action
 */
const char *
stoker_decision_get_target (StokerDecision *self)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), NULL);

  return self->target;
}

/**
 * stoker_decision_equal:
 * @other: another one
 *
 * Returns: whether both read the same and lead to the same place
 */
gboolean
stoker_decision_equal (StokerDecision *self, StokerDecision *other)
{
  g_return_val_if_fail (STOKER_IS_DECISION (self), FALSE);
  g_return_val_if_fail (STOKER_IS_DECISION (other), FALSE);

  return g_str_equal (self->title, other->title) && g_str_equal (self->subtitle, other->subtitle) &&
         g_str_equal (self->icon_name, other->icon_name) &&
         g_str_equal (self->target, other->target);
}
