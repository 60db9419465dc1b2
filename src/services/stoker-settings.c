/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#define G_SETTINGS_ENABLE_BACKEND
#include "stoker-settings.h"

#include "stoker-error.h"
#include "stoker-log.h"
#include "stoker-paths.h"

#include <gio/gsettingsbackend.h>
#include <glib/gi18n-lib.h>

/* What the switches are called, wherever they stand or are told of. */
static const struct
{
  const char *flag; /* as the catalog writes it */
  const char *title;
} flag_titles[] = {
  { "enable_public_gpu", N_ ("Public GPU Clouds") },
  { "enable_public_image_providers", N_ ("Public Image Services") },
  { "enable_public_video_providers", N_ ("Public Video Services") },
  { "enable_public_image_video", N_ ("Image and Video at Once") },
};

/* Place of "code" in the enumeration CurrencyStyle of the schema. */
#define CURRENCY_CODE 1

/*
 * The preferences are a key file of our own, $XDG_CONFIG_HOME/stoker/settings.ini, and not dconf:
 * the verbs that only think must not touch the session bus, and a machine without a desktop keeps
 * its flags too. GSETTINGS_BACKEND still decides when it is set.
 */
struct _StokerSettings
{
  GObject parent_instance;

  GSettings
    *gsettings; /* owned, nullable: the schema is not installed, everything has its default */
};

G_DEFINE_FINAL_TYPE (StokerSettings, stoker_settings, G_TYPE_OBJECT)

static GSettingsBackend *
open_backend (void)
{
  g_autofree char *path = NULL;

  if (g_getenv ("GSETTINGS_BACKEND") != NULL)
    return g_settings_backend_get_default ();

  path = g_build_filename (g_get_user_config_dir (), "stoker", "settings.ini", NULL);
  return g_keyfile_settings_backend_new (path, "/", NULL);
}

static GSettings *
open_gsettings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_debug ("the settings schema is not installed; every preference has its default");
      return NULL;
    }

  backend = open_backend ();
  return g_settings_new_full (schema, backend, NULL);
}

/* The catalog writes flags with underscores, as the seeds do; GSettings wants hyphens. */
static char *
flag_to_key (const char *flag)
{
  return g_strdelimit (g_strdup (flag), "_", '-');
}

static gboolean
has_key (StokerSettings *self, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (self->gsettings == NULL)
    return FALSE;
  g_object_get (self->gsettings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

static StokerMoney
get_money (StokerSettings *self, const char *key)
{
  g_autofree char *text = NULL;
  g_autofree char *currency = NULL;
  StokerMoney money = stoker_money_unknown ();

  if (!has_key (self, key))
    return money;
  text = g_settings_get_string (self->gsettings, key);
  currency = g_settings_get_string (self->gsettings, "tariff-currency");
  if (*text == '\0' || !stoker_money_parse (text, currency, &money, NULL))
    return stoker_money_unknown ();
  return money;
}

static void
stoker_settings_dispose (GObject *object)
{
  StokerSettings *self = STOKER_SETTINGS (object);

  g_clear_object (&self->gsettings);

  G_OBJECT_CLASS (stoker_settings_parent_class)->dispose (object);
}

static void
stoker_settings_class_init (StokerSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_settings_dispose;
}

static void
stoker_settings_init (StokerSettings *self)
{
  self->gsettings = open_gsettings ();
}

/**
 * stoker_settings_new:
 *
 * Opens the preferences. Without an installed schema every one has its default.
 *
 * Returns: (transfer full): the settings
 */
StokerSettings *
stoker_settings_new (void)
{
  return g_object_new (STOKER_TYPE_SETTINGS, NULL);
}

/**
 * stoker_settings_get_gsettings:
 * @self: the settings
 *
 * Returns: (transfer none) (nullable): the object behind them, for bindings
 */
GSettings *
stoker_settings_get_gsettings (StokerSettings *self)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), NULL);

  return self->gsettings;
}

static void
apply_log_level (GSettings *gsettings)
{
  stoker_log_set_level ((StokerLogLevel) g_settings_get_enum (gsettings, "log-level"));
}

static void
apply_currency_style (GSettings *gsettings)
{
  stoker_money_show_codes (g_settings_get_enum (gsettings, "currency-style") == CURRENCY_CODE);
}

/**
 * stoker_settings_rule_program:
 * @self: the settings
 *
 * Applies what counts for the whole program, how much is logged and how currencies are shown, now
 * and whenever it is changed.
 */
void
stoker_settings_rule_program (StokerSettings *self)
{
  g_return_if_fail (STOKER_IS_SETTINGS (self));

  if (self->gsettings == NULL)
    return;
  g_signal_connect (self->gsettings, "changed::log-level", G_CALLBACK (apply_log_level), NULL);
  g_signal_connect (self->gsettings, "changed::currency-style", G_CALLBACK (apply_currency_style),
                    NULL);
  apply_log_level (self->gsettings);
  apply_currency_style (self->gsettings);
}

/**
 * stoker_settings_get_flag:
 * @self: the settings
 * @flag: a feature flag as the catalog writes it, for instance `enable_public_gpu`
 *
 * Returns: %TRUE when the flag is on; %FALSE for an unknown flag
 */
gboolean
stoker_settings_get_flag (StokerSettings *self, const char *flag)
{
  g_autofree char *key = flag_to_key (flag);

  g_return_val_if_fail (STOKER_IS_SETTINGS (self), FALSE);

  return has_key (self, key) && g_settings_get_boolean (self->gsettings, key);
}

/**
 * stoker_settings_get_flag_title:
 * @flag: a feature flag as the catalog writes it
 *
 * Returns: (transfer none): what people call it, translated; @flag itself when it is unknown
 */
const char *
stoker_settings_get_flag_title (const char *flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flag_titles); i++)
    if (g_strcmp0 (flag, flag_titles[i].flag) == 0)
      return g_dgettext (GETTEXT_PACKAGE, flag_titles[i].title);
  return flag;
}

/**
 * stoker_settings_set_flag:
 * @self: the settings
 * @flag: a feature flag as the catalog writes it
 * @enabled: whether live requests are allowed
 *
 * Turns a feature flag on or off, on disk when this returns. Nothing happens for an unknown flag.
 */
void
stoker_settings_set_flag (StokerSettings *self, const char *flag, gboolean enabled)
{
  g_autofree char *key = flag_to_key (flag);

  g_return_if_fail (STOKER_IS_SETTINGS (self));

  if (has_key (self, key))
    g_settings_set_boolean (self->gsettings, key, enabled);
}

/**
 * stoker_settings_keep_flag:
 * @self: the settings
 * @flag: a feature flag as the catalog writes it
 * @enabled: whether live requests are allowed
 * @error: return location
 *
 * As stoker_settings_set_flag(), and reads again what is on disk now: GSettings tells nobody when
 * it could not write.
 *
 * Returns: whether the flag is kept; %FALSE with %STOKER_ERROR_STORAGE
 */
gboolean
stoker_settings_keep_flag (StokerSettings *self, const char *flag, gboolean enabled, GError **error)
{
  g_autoptr (StokerSettings) kept = NULL;

  g_return_val_if_fail (STOKER_IS_SETTINGS (self), FALSE);

  stoker_settings_set_flag (self, flag, enabled);
  g_settings_sync ();
  kept = stoker_settings_new ();
  if (stoker_settings_get_flag (kept, flag) == enabled)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE,
               _ ("the preferences could not be written: %s is not kept"), flag);
  return FALSE;
}

/**
 * stoker_settings_allows:
 * @self: the settings
 * @profile: a profile
 *
 * Whether the feature flag that guards live requests to @profile is on. The umbrella
 * `enable_public_image_video` stands for the image and the video flag; a profile without a flag
 * needs none.
 *
 * Returns: %TRUE when live requests are allowed
 */
gboolean
stoker_settings_allows (StokerSettings *self, const StokerProfile *profile)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), FALSE);

  if (profile->feature_flag == NULL || stoker_settings_get_flag (self, profile->feature_flag))
    return TRUE;
  if (profile->kind != STOKER_KIND_IMAGE && profile->kind != STOKER_KIND_VIDEO)
    return FALSE;
  return stoker_settings_get_flag (self, "enable_public_image_video");
}

/**
 * stoker_settings_get_local_cost:
 * @self: the settings
 *
 * Returns: what running the own machine costs, as the user told; unknown where not told
 */
StokerLocalCost
stoker_settings_get_local_cost (StokerSettings *self)
{
  StokerLocalCost cost = { stoker_money_unknown (), -1, stoker_money_unknown (), -1 };

  g_return_val_if_fail (STOKER_IS_SETTINGS (self), cost);

  if (self->gsettings == NULL)
    return cost;

  cost.tariff_per_kwh = get_money (self, "tariff-per-kwh");
  cost.purchase = get_money (self, "local-purchase-price");
  if (g_settings_get_int (self->gsettings, "local-watts") > 0)
    cost.watts = g_settings_get_int (self->gsettings, "local-watts");
  if (g_settings_get_int (self->gsettings, "local-useful-hours") > 0)
    cost.useful_hours = g_settings_get_int (self->gsettings, "local-useful-hours");
  return cost;
}

/**
 * stoker_settings_get_jobs_per_provider:
 * @self: the settings
 *
 * Returns: how many jobs may be with one provider at a time
 */
guint
stoker_settings_get_jobs_per_provider (StokerSettings *self)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), 2);

  return has_key (self, "jobs-per-provider")
           ? (guint) g_settings_get_int (self->gsettings, "jobs-per-provider")
           : 2;
}

/**
 * stoker_settings_get_settle_seconds:
 * @self: the settings
 *
 * Returns: after how many seconds a request whose answer never came has surely arrived, or never
 * will
 */
guint
stoker_settings_get_settle_seconds (StokerSettings *self)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), 30);

  return has_key (self, "settle-seconds")
           ? (guint) g_settings_get_int (self->gsettings, "settle-seconds")
           : 30;
}

/**
 * stoker_settings_get_output_dir:
 * @self: the settings
 *
 * Returns: (transfer full): the folder under which each job's outputs get a folder of their own
 */
char *
stoker_settings_get_output_dir (StokerSettings *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (STOKER_IS_SETTINGS (self), NULL);

  if (has_key (self, "output-dir"))
    path = g_settings_get_string (self->gsettings, "output-dir");
  if (path == NULL || *path == '\0')
    return stoker_paths_get_output_dir ();
  return g_steal_pointer (&path);
}

/**
 * stoker_settings_prefers_dry_run:
 * @self: the settings
 *
 * Returns: whether the dry run is to be suggested before the live run
 */
gboolean
stoker_settings_prefers_dry_run (StokerSettings *self)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), TRUE);

  return !has_key (self, "dry-run-default") ||
         g_settings_get_boolean (self->gsettings, "dry-run-default");
}

/**
 * stoker_settings_get_poll_seconds:
 * @self: the settings
 *
 * Returns: the longest pause between two questions about a running job
 */
guint
stoker_settings_get_poll_seconds (StokerSettings *self)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), 15);

  return has_key (self, "poll-seconds")
           ? (guint) g_settings_get_int (self->gsettings, "poll-seconds")
           : 15;
}

/**
 * stoker_settings_get_output_name:
 * @self: the settings
 *
 * Returns: (transfer full): the template of the name of a job's folder
 */
char *
stoker_settings_get_output_name (StokerSettings *self)
{
  g_return_val_if_fail (STOKER_IS_SETTINGS (self), NULL);

  return has_key (self, "output-name") ? g_settings_get_string (self->gsettings, "output-name")
                                       : g_strdup ("${id}");
}

/**
 * stoker_settings_reset_all:
 * @self: the settings
 *
 * Gives every preference and flag its default again, on disk when this returns.
 */
void
stoker_settings_reset_all (StokerSettings *self)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_return_if_fail (STOKER_IS_SETTINGS (self));

  if (self->gsettings == NULL)
    return;
  g_object_get (self->gsettings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (self->gsettings, keys[i]);
  g_settings_sync ();
}
