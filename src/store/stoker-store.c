/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store.h"

#include "stoker-error.h"
#include "stoker-store-private.h"
#include "stoker-task.h"
#include "stoker-worker-thread.h"

struct _StokerStore
{
  GObject parent_instance;

  char *path;                 /* owned */
  StokerWorkerThread *worker; /* owned */
  StokerSqlite *database;     /* owned, nullable; the worker's alone while it runs */
  char *notice;               /* owned, nullable */
  gboolean is_closed;
};

G_DEFINE_FINAL_TYPE (StokerStore, stoker_store, G_TYPE_OBJECT)

/* What the worker is asked to do: either to write or to read. */
typedef struct
{
  StokerStoreWriteFunc write;
  StokerStoreReadFunc read;
  GDestroyNotify free_result; /* of read */
  gpointer data;              /* owned, nullable */
  GDestroyNotify free_data;
} Operation;

static void
operation_free (Operation *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Operation, operation, operation_free)

static gboolean
run_write (StokerSqlite *database, Operation *operation, GError **error)
{
  if (!stoker_sqlite_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (operation->write (database, operation->data, error) &&
      stoker_sqlite_execute (database, "COMMIT", error))
    return TRUE;
  stoker_sqlite_roll_back (database);
  return FALSE;
}

/* One transaction, so that several queries see the same state. */
static gpointer
run_read (StokerSqlite *database, Operation *operation, GError **error)
{
  gpointer result = NULL;

  if (!stoker_sqlite_execute (database, "BEGIN", error))
    return NULL;
  result = operation->read (database, operation->data, error);
  stoker_sqlite_roll_back (database);
  return result;
}

static void
work_on_database (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StokerStore *self = source;
  Operation *operation = data;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  stoker_worker_thread_assert (self->worker);
  if (operation->write != NULL)
    {
      if (run_write (self->database, operation, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  result = run_read (self->database, operation, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, operation->free_result);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
push_operation (StokerStore *self, GTask *task, Operation *operation)
{
  g_autoptr (GTask) owned_task = task;

  stoker_task_set_operation_state (task, operation);
  if (self->is_closed)
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE,
                               "%s: the database is closed", self->path);
      return;
    }
  stoker_worker_thread_push (self->worker, g_steal_pointer (&owned_task), work_on_database);
}

static void
open_database (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StokerStore *self = data;
  GError *error = NULL;

  self->database = stoker_store_file_open (self->path, &self->notice, &error);
  if (self->database != NULL)
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
close_database (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StokerStore *self = source;

  g_clear_pointer (&self->database, stoker_sqlite_close);
  g_task_return_boolean (task, TRUE);
}

static void
stoker_store_finalize (GObject *object)
{
  StokerStore *self = STOKER_STORE (object);

  g_clear_pointer (&self->worker, stoker_worker_thread_free);
  g_clear_pointer (&self->database, stoker_sqlite_close);
  g_free (self->notice);
  g_free (self->path);

  G_OBJECT_CLASS (stoker_store_parent_class)->finalize (object);
}

static void
stoker_store_class_init (StokerStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_store_finalize;
}

static void
stoker_store_init (StokerStore *self)
{
  self->worker = stoker_worker_thread_new ("stoker-store");
}

/**
 * stoker_store_open_async:
 * @path: the database file, made when missing (mode 0600, its folder 0700)
 * @cancellable: (nullable): cancels it before it began
 * @callback: called when it is open
 * @user_data: data for @callback
 *
 * Opens a database, checks it and brings it to the present version (after a copy to
 * `<path>.v<N>.bak`). A damaged file is moved aside; see stoker_store_get_notice(). One of a newer
 * version is refused and not touched.
 */
void
stoker_store_open_async (const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  StokerStore *self = g_object_new (STOKER_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  g_task_set_source_tag (task, stoker_store_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  stoker_worker_thread_push (self->worker, g_steal_pointer (&task), open_database);
}

/**
 * stoker_store_open_finish:
 * @result: the result
 * @error: return location
 *
 * Ends stoker_store_open_async().
 *
 * Returns: (transfer full) (nullable): the open store
 */
StokerStore *
stoker_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_store_get_notice:
 * @self: a store
 *
 * What the user has to be told about the file, in one translated sentence or two.
 *
 * Returns: (nullable): the notice; %NULL when all is well
 */
const char *
stoker_store_get_notice (StokerStore *self)
{
  g_return_val_if_fail (STOKER_IS_STORE (self), NULL);

  return self->notice;
}

/**
 * stoker_store_close_async:
 * @self: a store
 * @callback: called when it is closed
 * @user_data: data for @callback
 *
 * Closes the file once everything asked for before is done. Every later call fails with
 * %STOKER_ERROR_STORAGE.
 */
void
stoker_store_close_async (StokerStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (STOKER_IS_STORE (self));

  self->is_closed = TRUE;
  g_task_set_source_tag (task, stoker_store_close_async);
  stoker_worker_thread_push (self->worker, g_steal_pointer (&task), close_database);
}

/**
 * stoker_store_close_finish:
 * @self: a store
 * @result: the result
 *
 * Ends stoker_store_close_async(). It cannot fail: what was acknowledged is on disk already.
 */
void
stoker_store_close_finish (StokerStore *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_return_if_fail (g_async_result_is_tagged (result, stoker_store_close_async));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * stoker_store_write_finish:
 * @self: a store
 * @result: the result
 * @error: return location
 *
 * Ends every writing call.
 *
 * Returns: whether the change is on disk; when not, nothing of it is
 */
gboolean
stoker_store_write_finish (StokerStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_store_write_finish), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_store_push_write:
 * @self: a store
 * @task: (transfer full): ends with stoker_store_write_finish()
 * @write: what to do, inside a transaction
 * @data: (transfer full): data for @write
 * @free_data: frees @data
 *
 * Asks the worker for a change.
 */
void
stoker_store_push_write (StokerStore *self,
                         GTask *task,
                         StokerStoreWriteFunc write,
                         gpointer data,
                         GDestroyNotify free_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->write = write;
  operation->data = data;
  operation->free_data = free_data;
  g_task_set_source_tag (task, stoker_store_write_finish);
  /* Cancelled before its turn a change is not made and told as cancelled; after that the truth is
   * whether it was made. */
  g_task_set_check_cancellable (task, FALSE);
  push_operation (self, task, operation);
}

/**
 * stoker_store_push_read:
 * @self: a store
 * @task: (transfer full): answers what @read returns
 * @read: what to do, inside a transaction
 * @free_result: frees what @read returns
 * @data: (transfer full) (nullable): data for @read
 * @free_data: (nullable): frees @data
 *
 * Asks the worker for a reading.
 */
void
stoker_store_push_read (StokerStore *self,
                        GTask *task,
                        StokerStoreReadFunc read,
                        GDestroyNotify free_result,
                        gpointer data,
                        GDestroyNotify free_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->read = read;
  operation->free_result = free_result;
  operation->data = data;
  operation->free_data = free_data;
  push_operation (self, task, operation);
}
