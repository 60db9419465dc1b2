/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-store.h"

#include "stoker-environment.h"
#include "stoker-error.h"
#include "stoker-keyring-private.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

/* A keyring that hangs becomes a state after this time. */
#define DEFAULT_TIMEOUT_MS 10000

/* A person has to find and type a password; but a prompter without a display may wait for ever. */
#define UNLOCK_TIMEOUT_MS 120000

const char *const stoker_keyring_state_names[] = {
  "ready", "locked", "missing", "refused", NULL,
};

struct _StokerSecretStore
{
  GObject parent_instance;

  guint timeout_ms;
  GHashTable *memory;   /* owned, nullable: provider id → table; then the keyring is not used */
  GHashTable *profiles; /* owned: provider id → StokerProfile, to name the variables in messages */
  StokerKeyringState state;
  char *detail; /* owned, nullable: what the service said, when it refused */
};

G_DEFINE_FINAL_TYPE (StokerSecretStore, stoker_secret_store, G_TYPE_OBJECT)

typedef enum {
  PROP_STATE = 1,
  PROP_TIMEOUT_MS,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

/* A lookup under way. */
typedef struct
{
  char *provider_id;      /* owned */
  StokerProfile *profile; /* owned, nullable */
} Lookup;

static void
lookup_free (Lookup *self)
{
  g_free (self->provider_id);
  g_clear_pointer (&self->profile, stoker_profile_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Lookup, lookup, lookup_free)

static void
set_state (StokerSecretStore *self, StokerKeyringState state, const char *detail)
{
  if (self->state == state && g_strcmp0 (self->detail, detail) == 0)
    return;

  g_free (self->detail);
  self->detail = g_strdup (detail);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* What the environment has for a secret that the keyring has not. */
static void
add_environment (GHashTable *table, const StokerProfile *profile)
{
  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);
      const char *value = NULL;

      if (field->type == STOKER_FIELD_SECRET && !g_hash_table_contains (table, field->id))
        value = stoker_environment_lookup (field, NULL);
      if (value != NULL)
        stoker_secret_table_put (table, field->id, value);
    }
}

static GHashTable *
make_found_table (GHashTable *stored, const StokerProfile *profile)
{
  g_autoptr (GHashTable) table = stoker_secret_table_new ();

  stoker_secret_table_copy (table, stored);
  if (profile != NULL)
    add_environment (table, profile);
  return g_steal_pointer (&table);
}

static char *
describe_variables (StokerSecretStore *self, const char *provider_id)
{
  StokerProfile *profile = provider_id != NULL ? g_hash_table_lookup (self->profiles, provider_id)
                                               : NULL;
  char *variables = profile != NULL ? stoker_environment_list_variables (profile) : NULL;

  return variables != NULL ? variables : g_strdup (_ ("the provider's environment variable"));
}

/* A sentence of an error: what is wrong and what can be done. */
static char *
describe_obstacle (StokerSecretStore *self, const char *provider_id)
{
  g_autofree char *variables = describe_variables (self, provider_id);

  switch (self->state)
    {
    case STOKER_KEYRING_LOCKED:
      return g_strdup_printf (_ ("the keyring is locked; unlock it, or set %s instead"), variables);
    case STOKER_KEYRING_MISSING:
      return g_strdup_printf (_ ("no keyring runs in this session; install and start gnome-keyring "
                                 "or another Secret Service, or set %s instead"),
                              variables);
    case STOKER_KEYRING_READY:
    case STOKER_KEYRING_REFUSED:
    default:
      return g_strdup_printf (_ ("the keyring refused (%s); try again, or set %s instead"),
                              self->detail != NULL ? self->detail : _ ("no reason given"),
                              variables);
    }
}

static GError *
make_error (StokerSecretStore *self, const char *provider_id)
{
  g_autofree char *obstacle = describe_obstacle (self, provider_id);

  return g_error_new (STOKER_ERROR, STOKER_ERROR_STORAGE, "%s", obstacle);
}

static void
got_lookup_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerSecretStore *self = g_task_get_source_object (task);
  Lookup *lookup = stoker_task_get_lookup_state (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyringAnswer) answer = stoker_keyring_run_finish (result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  set_state (self, answer->state, answer->detail);
  g_task_return_pointer (task, make_found_table (answer->secrets, lookup->profile),
                         (GDestroyNotify) g_hash_table_unref);
}

/* Of saving, clearing and unlocking: the task's data is the provider id, or nothing. */
static void
got_change_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerSecretStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyringAnswer) answer = stoker_keyring_run_finish (result, &error);
  gboolean is_clearing = g_task_get_source_tag (task) == stoker_secret_store_clear_async;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  set_state (self, answer->state, answer->detail);
  /* Where there is no keyring, there is nothing to clear. */
  if (answer->state == STOKER_KEYRING_READY ||
      (is_clearing && answer->state == STOKER_KEYRING_MISSING))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, make_error (self, g_task_get_task_data (task)));
}

static void
get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  StokerSecretStore *self = STOKER_SECRET_STORE (object);

  switch ((Property) property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_TIMEOUT_MS:
      g_value_set_uint (value, self->timeout_ms);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  StokerSecretStore *self = STOKER_SECRET_STORE (object);

  if (property_id == PROP_TIMEOUT_MS)
    self->timeout_ms = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
finalize (GObject *object)
{
  StokerSecretStore *self = STOKER_SECRET_STORE (object);

  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_clear_pointer (&self->profiles, g_hash_table_unref);
  g_free (self->detail);

  G_OBJECT_CLASS (stoker_secret_store_parent_class)->finalize (object);
}

static void
stoker_secret_store_class_init (StokerSecretStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->finalize = finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, STOKER_KEYRING_READY,
                                             STOKER_KEYRING_REFUSED, STOKER_KEYRING_READY,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                               G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TIMEOUT_MS] =
    g_param_spec_uint ("timeout-ms", NULL, NULL, 1, G_MAXUINT, DEFAULT_TIMEOUT_MS,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_secret_store_init (StokerSecretStore *self)
{
  self->profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) stoker_profile_unref);
}

/**
 * stoker_secret_store_new:
 *
 * Makes a store on the keyring of the session. Its state is %STOKER_KEYRING_READY until a call has
 * shown something else. The construct property `timeout-ms` says how long the service may take for
 * one call.
 *
 * Returns: (transfer full): the store
 */
StokerSecretStore *
stoker_secret_store_new (void)
{
  return g_object_new (STOKER_TYPE_SECRET_STORE, NULL);
}

/**
 * stoker_secret_store_new_in_memory:
 *
 * Makes a store that keeps secrets for as long as it lives, and still finds those of the
 * environment.
 *
 * Returns: (transfer full): the store
 */
StokerSecretStore *
stoker_secret_store_new_in_memory (void)
{
  StokerSecretStore *self = stoker_secret_store_new ();

  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_hash_table_unref);
  return self;
}

/**
 * stoker_secret_store_get_state:
 * @self: a store
 *
 * Returns: the keyring's condition after the last call
 */
StokerKeyringState
stoker_secret_store_get_state (StokerSecretStore *self)
{
  g_return_val_if_fail (STOKER_IS_SECRET_STORE (self), STOKER_KEYRING_REFUSED);

  return self->state;
}

/**
 * stoker_secret_store_describe_state:
 * @self: a store
 *
 * Says what is wrong with the keyring and what to do, as translated sentences.
 *
 * Returns: (transfer full) (nullable): the text; %NULL when it is ready
 */
char *
stoker_secret_store_describe_state (StokerSecretStore *self)
{
  g_return_val_if_fail (STOKER_IS_SECRET_STORE (self), NULL);

  switch (self->state)
    {
    case STOKER_KEYRING_LOCKED:
      return g_strdup (_ ("The keyring is locked. Unlock it to use the keys in it; until then only "
                          "those from environment variables are used."));
    case STOKER_KEYRING_MISSING:
      return g_strdup (
        _ ("There is no keyring in this session, so keys cannot be saved. Install and "
           "start gnome-keyring or another Secret Service, or give the keys in "
           "environment variables."));
    case STOKER_KEYRING_REFUSED:
      return g_strdup_printf (_ ("The keyring refused: %s. Keys cannot be read or saved now; try "
                                 "again, or give them in environment variables."),
                              self->detail != NULL ? self->detail : _ ("no reason given"));
    case STOKER_KEYRING_READY:
    default:
      return NULL;
    }
}

/**
 * stoker_secret_store_remember_profile:
 * @self: a store
 * @provider_id: a provider's id
 * @profile: its profile
 *
 * Lets messages about this provider name its environment variables. A lookup does the same.
 */
void
stoker_secret_store_remember_profile (StokerSecretStore *self,
                                      const char *provider_id,
                                      StokerProfile *profile)
{
  g_return_if_fail (STOKER_IS_SECRET_STORE (self));

  g_hash_table_insert (self->profiles, g_strdup (provider_id), stoker_profile_ref (profile));
}

/**
 * stoker_secret_store_lookup_async:
 * @self: a store
 * @provider_id: whose secrets
 * @profile: (nullable): its profile, which names the environment variables
 * @cancellable: (nullable): a cancellable
 * @callback: called with the secrets
 * @user_data: data for @callback
 *
 * Collects the secrets of a provider: from the keyring, and what is not there from the environment.
 * Never prompts.
 */
void
stoker_secret_store_lookup_async (StokerSecretStore *self,
                                  const char *provider_id,
                                  StokerProfile *profile,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->provider_id = g_strdup (provider_id);
  lookup->profile = profile != NULL ? stoker_profile_ref (profile) : NULL;
  g_task_set_source_tag (task, stoker_secret_store_lookup_async);
  stoker_task_set_lookup_state (task, lookup);
  if (profile != NULL)
    stoker_secret_store_remember_profile (self, provider_id, profile);

  if (self->memory != NULL)
    g_task_return_pointer (task,
                           make_found_table (g_hash_table_lookup (self->memory, provider_id),
                                             profile),
                           (GDestroyNotify) g_hash_table_unref);
  else
    stoker_keyring_run_async (stoker_keyring_request_new (STOKER_KEYRING_LOOKUP, provider_id,
                                                          self->timeout_ms),
                              cancellable, got_lookup_answer, g_steal_pointer (&task));
}

/**
 * stoker_secret_store_lookup_finish:
 * @self: a store
 * @result: the result
 * @error: return location; %G_IO_ERROR_CANCELLED alone
 *
 * Ends stoker_secret_store_lookup_async(). When the keyring cannot be read the table holds what the
 * environment has, and may be empty; the state tells why.
 *
 * Returns: (transfer full) (nullable): field id → secret
 */
GHashTable *
stoker_secret_store_lookup_finish (StokerSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_secret_store_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save_in_memory (StokerSecretStore *self, const char *provider_id, GHashTable *secrets)
{
  GHashTable *table = g_hash_table_lookup (self->memory, provider_id);

  if (table == NULL)
    {
      table = stoker_secret_table_new ();
      g_hash_table_insert (self->memory, g_strdup (provider_id), table);
    }
  stoker_secret_table_copy (table, secrets);
}

/**
 * stoker_secret_store_save_async:
 * @self: a store
 * @provider_id: whose secrets
 * @label: the provider's name, for the keyring's own window
 * @secrets: field id → secret; they are copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are saved
 * @user_data: data for @callback
 *
 * Saves secrets in the keyring; those of other fields stay. Never prompts, and never writes them
 * anywhere else.
 */
void
stoker_secret_store_save_async (StokerSecretStore *self,
                                const char *provider_id,
                                const char *label,
                                GHashTable *secrets,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (StokerKeyringRequest) request = NULL;

  g_task_set_source_tag (task, stoker_secret_store_save_async);
  g_task_set_task_data (task, g_strdup (provider_id), g_free);
  if (self->memory != NULL)
    {
      save_in_memory (self, provider_id, secrets);
      g_task_return_boolean (task, TRUE);
      return;
    }
  request = stoker_keyring_request_new (STOKER_KEYRING_SAVE, provider_id, self->timeout_ms);
  request->label = g_strdup (label != NULL ? label : provider_id);
  stoker_secret_table_copy (request->secrets, secrets);
  stoker_keyring_run_async (g_steal_pointer (&request), cancellable, got_change_answer,
                            g_steal_pointer (&task));
}

/**
 * stoker_secret_store_save_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_secret_store_save_async(). The error %STOKER_ERROR_STORAGE says what can be done.
 *
 * Returns: whether all of them are in the keyring
 */
gboolean
stoker_secret_store_save_finish (StokerSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_secret_store_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_secret_store_clear_async:
 * @self: a store
 * @provider_id: whose secrets
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are gone
 * @user_data: data for @callback
 *
 * Removes every secret of a provider from the keyring. Never prompts.
 */
void
stoker_secret_store_clear_async (StokerSecretStore *self,
                                 const char *provider_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_secret_store_clear_async);
  g_task_set_task_data (task, g_strdup (provider_id), g_free);
  if (self->memory != NULL)
    {
      g_hash_table_remove (self->memory, provider_id);
      g_task_return_boolean (task, TRUE);
      return;
    }
  stoker_keyring_run_async (stoker_keyring_request_new (STOKER_KEYRING_CLEAR, provider_id,
                                                        self->timeout_ms),
                            cancellable, got_change_answer, g_steal_pointer (&task));
}

/**
 * stoker_secret_store_clear_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_secret_store_clear_async(). Where there is no keyring at all there is nothing to
 * remove, which is no error.
 *
 * Returns: whether none of them is in the keyring any more
 */
gboolean
stoker_secret_store_clear_finish (StokerSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_secret_store_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_secret_store_unlock_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring is open
 * @user_data: data for @callback
 *
 * Asks the user for the keyring's password, or for a new one when there is no keyring yet. Only to
 * be called when the user wants it. Gives up after two minutes.
 */
void
stoker_secret_store_unlock_async (StokerSecretStore *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_secret_store_unlock_async);
  if (self->memory != NULL)
    g_task_return_boolean (task, TRUE);
  else
    stoker_keyring_run_async (stoker_keyring_request_new (STOKER_KEYRING_UNLOCK, NULL,
                                                          UNLOCK_TIMEOUT_MS),
                              cancellable, got_change_answer, g_steal_pointer (&task));
}

/**
 * stoker_secret_store_unlock_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends stoker_secret_store_unlock_async().
 *
 * Returns: whether the keyring is open
 */
gboolean
stoker_secret_store_unlock_finish (StokerSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_secret_store_unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
