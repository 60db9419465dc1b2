/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-removals.h"

#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-register-provider.h"
#include "stoker-ui.h"
#include "stoker-undo.h"

#include <glib/gi18n-lib.h>

struct _StokerProviderRemovals
{
  GObject parent_instance;

  StokerProviderList *list; /* owned */
  GPtrArray *pending;       /* owned, of borrowed Removal */
};

G_DEFINE_FINAL_TYPE (StokerProviderRemovals, stoker_provider_removals, G_TYPE_OBJECT)

typedef struct
{
  StokerProviderRemovals *owner; /* owned */
  StokerWorkspace *workspace;    /* owned */
  char *id;                      /* owned */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_ptr_array_remove (removal->owner->pending, removal);
  g_clear_object (&removal->workspace);
  g_free (removal->id);
  g_object_unref (removal->owner);
  g_free (removal);
}

/* Takes part in the decision only once: the window may close before the offer is over. */
static gboolean
decide (Removal *removal)
{
  return g_ptr_array_remove (removal->owner->pending, removal);
}

typedef struct
{
  StokerProviderList *list;  /* owned */
  char *id;                  /* owned */
  GApplication *application; /* owned, nullable: held until the keys are gone */
} Work;

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_remove_provider_finish (result, &error))
    {
      g_autofree char *sentence = stoker_phrase_sentence (error->message);

      stoker_ui_toast (GTK_WIDGET (work->list), sentence);
    }
  stoker_provider_list_set_hidden (work->list, work->id, FALSE);
  if (work->application != NULL)
    g_application_release (work->application);
  g_clear_object (&work->application);
  g_clear_object (&work->list);
  g_free (work->id);
  g_free (work);
}

static void
commit (gpointer user_data)
{
  Removal *removal = user_data;
  Work *work = NULL;

  if (!decide (removal))
    return;
  work = g_new0 (Work, 1);
  work->list = g_object_ref (removal->owner->list);
  work->id = g_strdup (removal->id);
  g_set_object (&work->application, g_application_get_default ());
  if (work->application != NULL)
    g_application_hold (work->application);
  stoker_remove_provider_async (removal->workspace, removal->id, NULL, removed_cb, work);
}

static void
undo (gpointer user_data)
{
  Removal *removal = user_data;

  if (decide (removal))
    stoker_provider_list_set_hidden (removal->owner->list, removal->id, FALSE);
}

static void
stoker_provider_removals_finalize (GObject *object)
{
  StokerProviderRemovals *self = STOKER_PROVIDER_REMOVALS (object);

  g_clear_object (&self->list);
  g_ptr_array_unref (self->pending);
  G_OBJECT_CLASS (stoker_provider_removals_parent_class)->finalize (object);
}

static void
stoker_provider_removals_class_init (StokerProviderRemovalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_provider_removals_finalize;
}

static void
stoker_provider_removals_init (StokerProviderRemovals *self)
{
  self->pending = g_ptr_array_new ();
}

/**
 * stoker_provider_removals_new:
 * @list: the list that hides them meanwhile
 *
 * Returns: (transfer full): no removals yet
 */
StokerProviderRemovals *
stoker_provider_removals_new (StokerProviderList *list)
{
  StokerProviderRemovals *self = g_object_new (STOKER_TYPE_PROVIDER_REMOVALS, NULL);

  self->list = g_object_ref (list);
  return self;
}

/**
 * stoker_provider_removals_add:
 * @workspace: the workspace
 * @provider: one of its providers
 *
 * Takes the provider out of the list and offers to take that back; removes it for good when the
 * offer is over.
 */
void
stoker_provider_removals_add (StokerProviderRemovals *self,
                              StokerWorkspace *workspace,
                              StokerProvider *provider)
{
  g_autofree char *text = NULL;
  Removal *removal = NULL;

  g_return_if_fail (STOKER_IS_PROVIDER_REMOVALS (self));

  text = g_strdup_printf (_ ("%s removed"), stoker_phrase_provider_name (provider));
  removal = g_new0 (Removal, 1);
  removal->owner = g_object_ref (self);
  removal->workspace = g_object_ref (workspace);
  removal->id = g_strdup (stoker_provider_get_id (provider));
  g_ptr_array_add (self->pending, removal);
  stoker_provider_list_set_hidden (self->list, removal->id, TRUE);
  stoker_undo_offer (GTK_WIDGET (self->list), text, undo, commit, removal, removal_free);
}

/**
 * stoker_provider_removals_finish_all:
 *
 * Removes for good what is waiting, because the window goes.
 */
void
stoker_provider_removals_finish_all (StokerProviderRemovals *self)
{
  g_return_if_fail (STOKER_IS_PROVIDER_REMOVALS (self));

  while (self->pending->len > 0)
    commit (self->pending->pdata[self->pending->len - 1]);
}
