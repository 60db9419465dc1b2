/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts-private.h"

#include "stoker-error.h"
#include "stoker-kubeconfig.h"
#include "stoker-small-file.h"
#include "stoker-task.h"
#include "stoker-wipe.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* A kubeconfig of many clusters has their certificates in it. */
#define MAX_FILE_BYTES (1024 * 1024)

/* A file that is to be read. */
typedef struct
{
  char *path; /* owned */
  StokerKeyFileKind kind;
} Reading;

static void
reading_free (Reading *self)
{
  g_free (self->path);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Reading, reading, reading_free)

/* stoker_key_facts_refuse: Sets the error of a file that will not do; always %FALSE. */
gboolean
stoker_key_facts_refuse (const char *name, const char *mistake, GError **error)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: %s", name, mistake);
  return FALSE;
}

/**
 * stoker_key_file_kind_of:
 * @field_id: id of a field of type `path`
 *
 * Returns: what kind of file it wants
 */
StokerKeyFileKind
stoker_key_file_kind_of (const char *field_id)
{
  if (g_str_equal (field_id, "service_account_json"))
    return STOKER_KEY_FILE_GOOGLE;
  if (g_str_equal (field_id, "ssh_key_path"))
    return STOKER_KEY_FILE_SSH;
  if (g_str_equal (field_id, "kubeconfig"))
    return STOKER_KEY_FILE_KUBECONFIG;
  if (g_str_equal (field_id, "nfs_mount"))
    return STOKER_KEY_FILE_NONE;
  return STOKER_KEY_FILE_OTHER;
}

static gboolean
is_kubeconfig (const char *text)
{
  return strstr (text, "clusters") != NULL && strstr (text, "contexts") != NULL;
}

static gboolean
is_private_key (const char *text)
{
  return g_str_has_prefix (text, "-----BEGIN") && strstr (text, "PRIVATE KEY-----") != NULL;
}

/* (nullable): what is wrong when the file is plainly of another kind than @wanted. */
static const char *
find_other_kind (const char *text, StokerKeyFileKind wanted)
{
  if (wanted != STOKER_KEY_FILE_GOOGLE && strstr (text, "\"service_account\"") != NULL)
    return wanted == STOKER_KEY_FILE_SSH
             ? _ ("is a Google service account key, but an SSH private key is needed")
             : _ ("is a Google service account key, but a kubeconfig is needed");
  if (wanted != STOKER_KEY_FILE_SSH && is_private_key (text))
    return wanted == STOKER_KEY_FILE_GOOGLE
             ? _ ("is a bare private key, but the JSON file of a service account is needed")
             : _ ("is a bare private key, but a kubeconfig is needed");
  if (wanted != STOKER_KEY_FILE_KUBECONFIG && is_kubeconfig (text))
    return wanted == STOKER_KEY_FILE_GOOGLE
             ? _ ("is a kubeconfig, but the JSON file of a service account is needed")
             : _ ("is a kubeconfig, but an SSH private key is needed");
  return NULL;
}

/**
 * stoker_key_facts_decode:
 * @text: content of a file, with a zero behind it
 * @length: its length
 * @kind: what it should be
 * @name: what to call the file in an error
 * @error: return location
 *
 * Returns: (transfer full): what it tells, or %NULL with %STOKER_ERROR_CONFIG, which says what it
 * is instead or what is missing
 */
StokerKeyFacts *
stoker_key_facts_decode (
  const char *text, gsize length, StokerKeyFileKind kind, const char *name, GError **error)
{
  g_autoptr (StokerKeyFacts) facts = g_new0 (StokerKeyFacts, 1);
  const char *mistake = NULL;
  gboolean is_good = TRUE;

  facts->kind = kind;
  if (kind == STOKER_KEY_FILE_OTHER || kind == STOKER_KEY_FILE_NONE)
    return g_steal_pointer (&facts);
  if (length == 0)
    mistake = _ ("is empty");
  else if (strlen (text) != length || !g_utf8_validate (text, (gssize) length, NULL))
    mistake = _ ("is no text file");
  else
    mistake = find_other_kind (text, kind);

  if (mistake != NULL)
    is_good = stoker_key_facts_refuse (name, mistake, error);
  else if (kind == STOKER_KEY_FILE_GOOGLE)
    is_good = stoker_key_facts_read_google (facts, text, name, error);
  else if (kind == STOKER_KEY_FILE_SSH)
    is_good = stoker_key_facts_read_ssh (facts, text, name, error);
  else
    is_good = stoker_key_facts_read_kubeconfig (facts, text, name, error);
  return is_good ? g_steal_pointer (&facts) : NULL;
}

/**
 * stoker_key_facts_free:
 * @self: (transfer full): facts
 */
void
stoker_key_facts_free (StokerKeyFacts *self)
{
  g_free (self->project_id);
  g_free (self->account);
  g_free (self->fingerprint);
  g_strfreev (self->contexts);
  g_free (self->context);
  g_free (self->name_space);
  g_free (self->server);
  g_free (self);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Reading *reading = task_data;
  g_autofree char *path = stoker_small_file_expand (reading->path);
  g_autofree char *name = g_path_get_basename (path);
  GError *error = NULL;
  gsize length = 0;
  char *text = reading->kind == STOKER_KEY_FILE_KUBECONFIG
                 ? stoker_kubeconfig_read (reading->path, &length, &error)
                 : stoker_small_file_read (path, MAX_FILE_BYTES, &length, &error);
  StokerKeyFacts *facts = NULL;

  if (text != NULL)
    facts = stoker_key_facts_decode (text, length, reading->kind, name, &error);
  stoker_wipe_free (text);
  if (facts == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, facts, (GDestroyNotify) stoker_key_facts_free);
}

/**
 * stoker_read_key_file_async:
 * @path: a file; may begin with `~/`
 * @kind: what it should be
 * @cancellable: (nullable): to give up
 * @callback: called with what it tells
 * @user_data: for @callback
 */
void
stoker_read_key_file_async (const char *path,
                            StokerKeyFileKind kind,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (path);
  reading->kind = kind;
  g_task_set_source_tag (task, stoker_read_key_file_async);
  stoker_task_set_reading_state (task, reading);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * stoker_read_key_file_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): what the file tells; or %NULL with %STOKER_ERROR_CONFIG when it cannot
 * be read or is of another kind, or with %G_IO_ERROR_CANCELLED
 */
StokerKeyFacts *
stoker_read_key_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_read_key_file_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
