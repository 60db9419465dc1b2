/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-keyring-private.h"

#include "stoker-task.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/*
 * Talks to the Secret Service (https://specifications.freedesktop.org/secret-service-spec/0.2/,
 * 2026-11-21). Whatever stands in the way is an answer with a state; the only error is
 * G_IO_ERROR_CANCELLED. Nothing here prompts, except to unlock.
 *
 * The item keeps schema name and attributes readable: they name the provider's entry and the field,
 * nothing secret.
 */
static const SecretSchema schema = {
  APPLICATION_ID ".Secret",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "field", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* State of a request under way. */
typedef struct
{
  StokerKeyringRequest *request; /* owned */
  SecretService *service;        /* owned, nullable */
  SecretCollection *collection;  /* owned, nullable: where new items go */
  StokerKeyringState state;
  GHashTable *found;      /* owned: field id → secret */
  GHashTableIter unsaved; /* over request->secrets */
  GList *undeleted;       /* owned, of SecretItem */
  GCancellable
    *cancellable; /* owned: of the calls below; the caller's and the time limit end in it */
  gulong cancelled_id;
  GSource *timer; /* owned */
  gboolean is_answered;
} Call;

static void
call_free (Call *self)
{
  stoker_keyring_request_free (self->request);
  g_clear_object (&self->service);
  g_clear_object (&self->collection);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_list (&self->undeleted, g_object_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->timer, g_source_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Call, call, call_free)

/**
 * stoker_keyring_request_new:
 * @verb: what to do
 * @provider_id: (nullable): whose keys
 * @timeout_ms: how long the service may take for all of it, in milliseconds
 *
 * Makes a request.
 *
 * Returns: (transfer full): the request
 */
StokerKeyringRequest *
stoker_keyring_request_new (StokerKeyringVerb verb, const char *provider_id, guint timeout_ms)
{
  StokerKeyringRequest *self = g_new0 (StokerKeyringRequest, 1);

  self->verb = verb;
  self->provider_id = g_strdup (provider_id);
  self->secrets = stoker_secret_table_new ();
  self->timeout_ms = timeout_ms;
  return self;
}

/**
 * stoker_keyring_request_free:
 * @self: (transfer full): a request
 *
 * Frees the request and wipes its secrets.
 */
void
stoker_keyring_request_free (StokerKeyringRequest *self)
{
  g_free (self->provider_id);
  g_free (self->label);
  g_hash_table_unref (self->secrets);
  g_free (self);
}

/**
 * stoker_keyring_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees the answer and wipes its secrets.
 */
void
stoker_keyring_answer_free (StokerKeyringAnswer *self)
{
  g_free (self->detail);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_free (self);
}

static GHashTable *
make_attributes (Call *call, const char *field)
{
  return secret_attributes_build (&schema, "provider", call->request->provider_id,
                                  field != NULL ? "field" : NULL, field, NULL);
}

static void
stop_waiting (GTask *task, Call *call)
{
  call->is_answered = TRUE;
  g_source_destroy (call->timer);
  g_cancellable_disconnect (g_task_get_cancellable (task), call->cancelled_id);
  call->cancelled_id = 0;
}

static void
answer (GTask *task, StokerKeyringState state, const char *detail)
{
  Call *call = stoker_task_get_call_state (task);
  StokerKeyringAnswer *result = NULL;

  if (call->is_answered)
    return;
  stop_waiting (task, call);
  if (g_task_return_error_if_cancelled (task))
    return;

  result = g_new0 (StokerKeyringAnswer, 1);
  result->state = state;
  result->detail = g_strdup (detail);
  result->secrets = g_hash_table_ref (call->found);
  g_task_return_pointer (task, result, (GDestroyNotify) stoker_keyring_answer_free);
}

static gboolean
is_absence (const GError *error)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,   G_DBUS_ERROR_NAME_HAS_NO_OWNER,
    G_DBUS_ERROR_NO_SERVER,         G_DBUS_ERROR_DISCONNECTED,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED, G_DBUS_ERROR_SPAWN_CHILD_EXITED,
    G_DBUS_ERROR_SPAWN_FAILED,      G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_DBUS_ERROR, codes[i]))
      return TRUE;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
answer_error (GTask *task, GError *error)
{
  g_dbus_error_strip_remote_error (error);
  if (is_absence (error))
    answer (task, STOKER_KEYRING_MISSING, NULL);
  else if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    answer (task, STOKER_KEYRING_LOCKED, NULL);
  else
    answer (task, STOKER_KEYRING_REFUSED, error->message);
}

/* libsecret waits for a prompter to confirm a cancellation, which one that hangs never does: so the
 * answer does not wait for it. */
static gboolean
time_is_up_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Call *call = stoker_task_get_call_state (task);

  answer (task, STOKER_KEYRING_REFUSED, _ ("it does not answer"));
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer call_cancellable)
{
  g_cancellable_cancel (call_cancellable);
}

/* The secret is NULL in an item that is locked. */
static void
take_item (Call *call, SecretItem *item)
{
  g_autoptr (GHashTable) attributes = secret_item_get_attributes (item);
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  const char *field = g_hash_table_lookup (attributes, "field");
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  if (secret_item_get_locked (item))
    call->state = STOKER_KEYRING_LOCKED;
  else if (field != NULL && text != NULL && !g_hash_table_contains (call->found, field))
    stoker_secret_table_put (call->found, field, text);
}

static void
got_secrets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;
  g_autolist (SecretItem)
    items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);

  if (call->is_answered)
    return;
  if (error != NULL)
    {
      answer_error (task, error);
      return;
    }
  for (GList *item = items; item != NULL; item = item->next)
    take_item (call, item->data);
  answer (task, call->state, NULL);
}

static void
search (Call *call, SecretSearchFlags flags, GAsyncReadyCallback callback, GTask *task)
{
  g_autoptr (GHashTable) attributes = make_attributes (call, NULL);

  secret_service_search (call->service, &schema, attributes, flags, call->cancellable, callback,
                         task);
}

static void save_next (GTask *task);

static void
saved_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;

  if (call->is_answered)
    return;
  if (!secret_service_store_finish (SECRET_SERVICE (source), result, &error))
    answer_error (task, error);
  else
    save_next (g_steal_pointer (&task));
}

static void
save_secret (GTask *task, const char *field, const char *secret)
{
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GHashTable) attributes = make_attributes (call, field);
  g_autoptr (SecretValue) value = secret_value_new (secret, -1, "text/plain");
  g_autofree char *label = g_strdup_printf ("Stoker: %s (%s)", call->request->label, field);

  secret_service_store (call->service, &schema, attributes, SECRET_COLLECTION_DEFAULT, label, value,
                        call->cancellable, saved_secret, task);
}

static void
save_next (GTask *task)
{
  g_autoptr (GTask) owned_task = task;
  Call *call = stoker_task_get_call_state (task);
  gpointer field, secret;

  if (g_hash_table_iter_next (&call->unsaved, &field, &secret))
    save_secret (g_steal_pointer (&owned_task), field, secret);
  else
    answer (task, STOKER_KEYRING_READY, NULL);
}

static void delete_next (GTask *task);

static void
deleted_item (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;

  if (call->is_answered)
    return;
  if (!secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    answer_error (task, error);
  else
    delete_next (g_steal_pointer (&task));
}

static void
delete_next (GTask *task)
{
  g_autoptr (GTask) owned_task = task;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (SecretItem) item = NULL;

  if (call->undeleted == NULL)
    {
      answer (task, STOKER_KEYRING_READY, NULL);
      return;
    }
  item = call->undeleted->data;
  call->undeleted = g_list_delete_link (call->undeleted, call->undeleted);
  secret_item_delete (item, call->cancellable, deleted_item, g_steal_pointer (&owned_task));
}

static gboolean
has_locked_item (GList *items)
{
  for (GList *item = items; item != NULL; item = item->next)
    if (secret_item_get_locked (item->data))
      return TRUE;
  return FALSE;
}

/* Deleting a locked item would prompt. */
static void
got_doomed_items (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;
  GList *items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);

  g_clear_list (&call->undeleted, g_object_unref);
  call->undeleted = items;
  if (error != NULL)
    answer_error (task, error);
  else if (has_locked_item (items))
    answer (task, STOKER_KEYRING_LOCKED, NULL);
  else
    delete_next (g_steal_pointer (&task));
}

static void
answer_prompt (GTask *task, gboolean is_open, GError *error)
{
  if (error != NULL)
    answer_error (task, error);
  else if (is_open)
    answer (task, STOKER_KEYRING_READY, NULL);
  else
    answer (task, STOKER_KEYRING_REFUSED, _ ("it was not unlocked"));
}

static void
did_unlock (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  int n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  answer_prompt (task, n_unlocked > 0, error);
}

static void
did_create (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_create_finish (result, &error);

  answer_prompt (task, collection != NULL, error);
}

/* A fresh account has no keyring yet: unlocking means making one, which asks for its password. */
static void
unlock (Call *call, GTask *task)
{
  g_autoptr (GList) collections = g_list_append (NULL, call->collection);

  if (call->collection != NULL)
    secret_service_unlock (call->service, collections, call->cancellable, did_unlock, task);
  else
    secret_collection_create (call->service, _ ("Default keyring"), SECRET_COLLECTION_DEFAULT,
                              SECRET_COLLECTION_CREATE_NONE, call->cancellable, did_create, task);
}

static void
start_verb (GTask *task)
{
  g_autoptr (GTask) owned_task = task;
  Call *call = stoker_task_get_call_state (task);
  StokerKeyringVerb verb = call->request->verb;

  if (verb == STOKER_KEYRING_LOOKUP)
    search (call, SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, got_secrets,
            g_steal_pointer (&owned_task));
  else if (verb == STOKER_KEYRING_CLEAR)
    search (call, SECRET_SEARCH_ALL, got_doomed_items, g_steal_pointer (&owned_task));
  else if (verb == STOKER_KEYRING_UNLOCK && call->state == STOKER_KEYRING_LOCKED)
    unlock (call, g_steal_pointer (&owned_task));
  else if (verb == STOKER_KEYRING_SAVE && call->state == STOKER_KEYRING_READY)
    save_next (g_steal_pointer (&owned_task));
  else
    answer (task, call->state, NULL);
}

/* The service answers an alias of a keyring that is not there with nothing, or with an object that
 * does not exist. */
static gboolean
is_no_collection (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
         g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT);
}

static void
got_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;

  call->collection = secret_collection_for_alias_finish (result, &error);
  if (call->is_answered)
    return;
  if (error != NULL && !is_no_collection (error))
    {
      answer_error (task, error);
      return;
    }
  call->state = call->collection != NULL && !secret_collection_get_locked (call->collection)
                  ? STOKER_KEYRING_READY
                  : STOKER_KEYRING_LOCKED;
  start_verb (g_steal_pointer (&task));
}

static void
got_service (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;

  call->service = secret_service_get_finish (result, &error);
  if (call->is_answered)
    return;
  if (call->service == NULL)
    {
      answer_error (task, error);
      return;
    }
  secret_collection_for_alias (call->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                               call->cancellable, got_collection, g_steal_pointer (&task));
}

static void
got_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = stoker_task_get_call_state (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (call->is_answered)
    return;
  if (connection == NULL)
    {
      answer (task, STOKER_KEYRING_MISSING, error->message);
      return;
    }
  /* The end of the bus must not be the end of a process that watches over rented machines. */
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  secret_service_get (SECRET_SERVICE_OPEN_SESSION, call->cancellable, got_service,
                      g_steal_pointer (&task));
}

static void
start_waiting (GTask *task, Call *call)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  call->timer = g_timeout_source_new (call->request->timeout_ms);
  g_source_set_callback (call->timer, time_is_up_cb, task, NULL);
  g_source_attach (call->timer, g_task_get_context (task));
  if (cancellable != NULL)
    call->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (call->cancellable), g_object_unref);
}

/**
 * stoker_keyring_run_async:
 * @request: (transfer full): what to do
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * Asks the Secret Service. Looking up, saving and clearing never prompt.
 */
void
stoker_keyring_run_async (StokerKeyringRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->request = request;
  call->found = stoker_secret_table_new ();
  call->cancellable = g_cancellable_new ();
  g_hash_table_iter_init (&call->unsaved, request->secrets);
  g_task_set_source_tag (task, stoker_keyring_run_async);
  stoker_task_set_call_state (task, call);
  start_waiting (task, call);
  g_bus_get (G_BUS_TYPE_SESSION, call->cancellable, got_bus, g_steal_pointer (&task));
}

/**
 * stoker_keyring_run_finish:
 * @result: the result
 * @error: return location for %G_IO_ERROR_CANCELLED, the only error there is
 *
 * Ends stoker_keyring_run_async().
 *
 * Returns: (transfer full) (nullable): how it went
 */
StokerKeyringAnswer *
stoker_keyring_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_keyring_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
