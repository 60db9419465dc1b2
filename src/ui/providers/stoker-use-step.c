/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-use-step.h"

#include "stoker-provider-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerUseStep
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable: not shown yet */
  StokerProfile *profile;     /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */

  GtkLabel *title_label;
  GtkLabel *story_label;
  GtkWidget *live_group;
  AdwActionRow *live_row;
  GtkSwitch *live_switch;
  GtkWidget *opt_in_group;
  AdwActionRow *opt_in_row;
  GtkSwitch *opt_in_switch;
  GtkSpinButton *priority_button;
};

G_DEFINE_FINAL_TYPE (StokerUseStep, stoker_use_step, ADW_TYPE_BIN)

/* What a feature flag allows, in words for the kind of provider it stands for. */
static const char *
describe_flag (const StokerProfile *profile)
{
  switch (profile->kind)
    {
    case STOKER_KIND_IMAGE:
      return _ ("all image services you set up");
    case STOKER_KIND_VIDEO:
      return _ ("all video services you set up");
    case STOKER_KIND_GPU:
    case STOKER_KIND_LOCAL:
    case STOKER_KIND_CLUSTER:
    default:
      return _ ("all GPU clouds you set up");
    }
}

static void
show_flag (StokerUseStep *self)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  gtk_widget_set_visible (self->live_group, self->profile->feature_flag != NULL);
  if (self->profile->feature_flag == NULL)
    return;
  text = g_strdup_printf (
    _ ("On, requests leave this computer and may cost money. Off, every job is a dry run and "
       "nothing is sent. It goes for %s."),
    describe_flag (self->profile));
  escaped = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->live_row, escaped);
  gtk_switch_set_active (self->live_switch,
                         stoker_settings_allows (stoker_workspace_get_settings (self->workspace),
                                                 self->profile));
}

static void
show_opt_in (StokerUseStep *self)
{
  const char *warning = self->profile->opt_in_warning;
  g_autofree char *escaped = g_markup_escape_text (warning != NULL ? warning : "", -1);

  gtk_widget_set_visible (self->opt_in_group, warning != NULL);
  adw_action_row_set_subtitle (self->opt_in_row, escaped);
  gtk_switch_set_active (self->opt_in_switch, stoker_provider_get_opted_in (self->provider));
}

static gboolean
can_run (const StokerProfile *profile)
{
  g_auto (GStrv) operations = stoker_profile_list_operations (profile);

  return operations != NULL && g_strv_contains ((const char *const *) operations, "submit");
}

static const char *
find_story (StokerUseStep *self, gboolean has_failed)
{
  if (has_failed)
    return _ ("The check failed, so jobs may fail too. It can be checked again on its page.");
  if (self->profile->opt_in_warning != NULL && !gtk_switch_get_active (self->opt_in_switch))
    return _ ("The advisor leaves it out until you take the risk below.");
  if (!can_run (self->profile))
    return _ ("It takes part in advice and comparison; jobs there are dry runs for now.");
  if (self->profile->feature_flag != NULL && !gtk_switch_get_active (self->live_switch))
    return _ ("Jobs are rehearsed until you allow live requests.");
  return _ ("Jobs can be sent there now.");
}

static void
show_story (StokerUseStep *self)
{
  const char *name = stoker_phrase_provider_name (self->provider);
  StokerHealth *health = stoker_provider_get_health (self->provider);
  gboolean has_failed = health != NULL && !health->is_ok;
  g_autofree char *title = g_strdup_printf (has_failed ? _ ("%s Was Added") : _ ("%s Is Ready"),
                                            name);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->story_label, find_story (self, has_failed));
}

static void
switched_cb (StokerUseStep *self)
{
  if (self->provider != NULL)
    show_story (self);
}

static void
stoker_use_step_dispose (GObject *object)
{
  StokerUseStep *self = STOKER_USE_STEP (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->profile, stoker_profile_unref);
  G_OBJECT_CLASS (stoker_use_step_parent_class)->dispose (object);
}

static void
stoker_use_step_class_init (StokerUseStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_use_step_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-use-step.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, title_label);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, story_label);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, live_group);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, live_row);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, live_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, opt_in_group);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, opt_in_row);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, opt_in_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerUseStep, priority_button);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
}

static void
stoker_use_step_init (StokerUseStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_use_step_show:
 * @workspace: the workspace
 * @profile: what was set up
 * @provider: as it was registered
 *
 * Shows how it stands.
 */
void
stoker_use_step_show (StokerUseStep *self,
                      StokerWorkspace *workspace,
                      StokerProfile *profile,
                      StokerProvider *provider)
{
  g_return_if_fail (STOKER_IS_USE_STEP (self));

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->provider, provider);
  g_clear_pointer (&self->profile, stoker_profile_unref);
  self->profile = stoker_profile_ref (profile);
  show_flag (self);
  show_opt_in (self);
  gtk_spin_button_set_value (self->priority_button, stoker_provider_get_priority (provider));
  show_story (self);
}

/**
 * stoker_use_step_apply:
 *
 * Turns the feature flag on or off, and sets the provider's consent and priority, which are then to
 * be stored.
 */
void
stoker_use_step_apply (StokerUseStep *self)
{
  g_return_if_fail (STOKER_IS_USE_STEP (self));

  if (self->profile->feature_flag != NULL)
    stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace),
                              self->profile->feature_flag,
                              gtk_switch_get_active (self->live_switch));
  if (self->profile->opt_in_warning != NULL)
    stoker_provider_set_opted_in (self->provider, gtk_switch_get_active (self->opt_in_switch));
  stoker_provider_set_priority (self->provider,
                                gtk_spin_button_get_value_as_int (self->priority_button));
}
