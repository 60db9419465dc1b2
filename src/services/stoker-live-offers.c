/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-live-offers-private.h"

#include "stoker-paths.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define LAST_DIR "offers"
#define HISTORY_DIR "prices"
#define SUFFIX ".json"

/* A clock that was set back makes answers come from the future; by so little it does not matter. */
#define CLOCK_SLACK_US G_TIME_SPAN_HOUR

struct _StokerLiveOffers
{
  GObject parent_instance;

  StokerCatalog *catalog; /* owned */
  GHashTable *answers;    /* owned: id of a provider → StokerOfferFile, its last answer */
  GHashTable *histories;  /* owned: id of a provider → StokerOfferFile, what it told before */
};

G_DEFINE_FINAL_TYPE (StokerLiveOffers, stoker_live_offers, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stoker_live_offers_finalize (GObject *object)
{
  StokerLiveOffers *self = STOKER_LIVE_OFFERS (object);

  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->histories);
  g_clear_object (&self->catalog);
  G_OBJECT_CLASS (stoker_live_offers_parent_class)->finalize (object);
}

static void
stoker_live_offers_class_init (StokerLiveOffersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_live_offers_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_live_offers_init (StokerLiveOffers *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) stoker_offer_file_free);
  self->histories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify) stoker_offer_file_free);
}

/**
 * stoker_live_offers_new:
 * @catalog: whose profiles and plans the offers are of
 *
 * Returns: (transfer full): nobody was asked yet
 */
StokerLiveOffers *
stoker_live_offers_new (StokerCatalog *catalog)
{
  StokerLiveOffers *self = g_object_new (STOKER_TYPE_LIVE_OFFERS, NULL);

  self->catalog = g_object_ref (catalog);
  return self;
}

/* What an answer is about: asked with another model, region or address it would be another one. No
 * secret is among the settings. */
static char *
describe_settings (StokerProvider *provider)
{
  GHashTable *config = stoker_provider_list_config (provider);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (config), (GCompareFunc) g_strcmp0);
  g_autoptr (GString) text = g_string_new (stoker_provider_get_template_id (provider));

  for (GList *key = keys; key != NULL; key = key->next)
    g_string_append_printf (text, "\n%s=%s", (const char *) key->data,
                            (const char *) g_hash_table_lookup (config, key->data));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

static StokerOfferFile *
find (GHashTable *files, StokerProvider *provider)
{
  StokerOfferFile *file = g_hash_table_lookup (files, stoker_provider_get_id (provider));
  g_autofree char *settings = file != NULL ? describe_settings (provider) : NULL;

  return file != NULL && g_str_equal (file->settings, settings) ? file : NULL;
}

/* Files. */

static char *
get_dir (gboolean is_history)
{
  g_autofree char *root = is_history ? stoker_paths_get_state_dir ()
                                     : stoker_paths_get_cache_dir ();

  return g_build_filename (root, is_history ? HISTORY_DIR : LAST_DIR, NULL);
}

static char *
get_path (const char *provider_id, gboolean is_history)
{
  g_autofree char *dir = get_dir (is_history);
  g_autofree char *safe = stoker_paths_safe_name (provider_id, "provider");
  g_autofree char *name = g_strconcat (safe, SUFFIX, NULL);

  return g_build_filename (dir, name, NULL);
}

/* Kept, so that nothing is lost; out of the way, so that it is told once. */
static void
put_aside (const char *path, const GError *error)
{
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  if (g_rename (path, aside) == 0)
    g_message (_ ("%s; it is kept as %s, and the prices of the catalog count until the provider is "
                  "asked again"),
               error->message, aside);
  else
    g_message ("%s", error->message);
}

static void
load_folder (StokerLiveOffers *self, GHashTable *files, gboolean is_history)
{
  g_autofree char *path = get_dir (is_history);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file_path = g_build_filename (path, name, NULL);
      g_autoptr (GError) error = NULL;
      StokerOfferFile *file = NULL;

      if (!g_str_has_suffix (name, SUFFIX))
        continue;
      file = stoker_offer_file_read (file_path, self->catalog, &error);
      if (file != NULL)
        g_hash_table_replace (files, file->provider_id, file);
      else
        put_aside (file_path, error);
    }
}

/**
 * stoker_live_offers_load:
 * @self: before it is shared
 *
 * Reads what was told before. A file that cannot be read is put aside and told of. Blocks: for
 * threads.
 */
void
stoker_live_offers_load (StokerLiveOffers *self)
{
  load_folder (self, self->answers, FALSE);
  load_folder (self, self->histories, TRUE);
}

/* Taking an answer. */

typedef struct
{
  StokerCatalog *catalog;   /* owned */
  StokerOfferTable *past;   /* owned, nullable */
  StokerOfferFile *answer;  /* owned until it is taken */
  StokerOfferFile *history; /* owned until it is taken; nullable until it is made */
} Taking;

static void
taking_free (Taking *self)
{
  g_clear_object (&self->catalog);
  g_clear_object (&self->past);
  g_clear_pointer (&self->answer, stoker_offer_file_free);
  g_clear_pointer (&self->history, stoker_offer_file_free);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Taking, taking, taking_free)

static StokerOfferFile *
new_file (const StokerOfferFile *like, StokerOfferTable *offers)
{
  StokerOfferFile *file = g_new0 (StokerOfferFile, 1);

  file->provider_id = g_strdup (like->provider_id);
  file->settings = g_strdup (like->settings);
  file->asked_us = like->asked_us;
  file->offers = offers;
  return file;
}

static gboolean
write_file (const StokerOfferFile *file, gboolean is_history, GError **error)
{
  g_autofree char *dir = get_dir (is_history);
  g_autofree char *path = get_path (file->provider_id, is_history);

  g_mkdir_with_parents (dir, 0700);
  return stoker_offer_file_write (file, path, error);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Taking *taking = data;
  GError *error = NULL;

  taking->history = new_file (taking->answer,
                              stoker_price_history_extend (taking->catalog, taking->past,
                                                           taking->answer->offers));
  if (!write_file (taking->answer, FALSE, &error) || !write_file (taking->history, TRUE, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The reader of the file is stricter than an answer: what it would refuse is left out. */
static gboolean
is_sane (const StokerOffer *offer)
{
  return offer->plan != NULL && offer->gpus >= 0 && offer->gpus <= 1024 && offer->vram_gb <= 4096 &&
         offer->reliability <= 1;
}

static StokerOfferTable *
copy_sane (StokerLiveOffers *self, StokerOfferTable *offers)
{
  StokerOfferTable *copy = stoker_offer_table_new (self->catalog);

  for (guint i = 0; i < stoker_offer_table_get_length (offers); i++)
    if (is_sane (stoker_offer_table_get (offers, i)))
      stoker_offer_table_append (copy, stoker_offer_table_get (offers, i));
  stoker_offer_table_describe (copy, stoker_offer_table_get_description (offers));
  return copy;
}

/**
 * stoker_live_offers_take_async:
 * @self: what was told so far
 * @provider: who was asked
 * @offers: what it told
 * @asked_us: when
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Takes an answer and adds it to the history.
 */
void
stoker_live_offers_take_async (StokerLiveOffers *self,
                               StokerProvider *provider,
                               StokerOfferTable *offers,
                               gint64 asked_us,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Taking *taking = g_new0 (Taking, 1);
  StokerOfferTable *past = stoker_live_offers_get_history (self, provider);
  g_autofree char *settings = describe_settings (provider);
  StokerOfferFile head = { (char *) stoker_provider_get_id (provider), settings, asked_us, NULL };

  g_task_set_source_tag (task, stoker_live_offers_take_async);
  taking->catalog = g_object_ref (self->catalog);
  taking->past = past != NULL ? g_object_ref (past) : NULL;
  taking->answer = new_file (&head, copy_sane (self, offers));
  stoker_task_set_taking_state (task, taking);
  g_task_run_in_thread (task, keep_in_thread);
}

/**
 * stoker_live_offers_take_finish:
 * @self: what was told so far
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %FALSE with %STOKER_ERROR_STORAGE when it is not on disk; it counts all the same
 */
gboolean
stoker_live_offers_take_finish (StokerLiveOffers *self, GAsyncResult *result, GError **error)
{
  Taking *taking = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  taking = stoker_task_get_taking_state (G_TASK (result));
  g_hash_table_replace (self->answers, taking->answer->provider_id, taking->answer);
  taking->answer = NULL;
  g_hash_table_replace (self->histories, taking->history->provider_id, taking->history);
  taking->history = NULL;
  g_signal_emit (self, signals[CHANGED], 0);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Asking. */

/**
 * stoker_live_offers_get_asked_us:
 * @self: what was told
 * @provider: a registered provider
 *
 * Returns: when it answered last; 0 when it never did, or other settings were asked for then
 */
gint64
stoker_live_offers_get_asked_us (StokerLiveOffers *self, StokerProvider *provider)
{
  const StokerOfferFile *file = find (self->answers, provider);

  return file != NULL ? file->asked_us : 0;
}

/**
 * stoker_live_offers_are_fresh:
 * @asked_us: when a provider answered last; 0: never
 * @now_us: what time it is
 *
 * Returns: whether the answer counts, or is too old: see %STOKER_LIVE_OFFERS_MAX_AGE_US
 */
gboolean
stoker_live_offers_are_fresh (gint64 asked_us, gint64 now_us)
{
  return asked_us > 0 && asked_us <= now_us + CLOCK_SLACK_US &&
         now_us - asked_us <= STOKER_LIVE_OFFERS_MAX_AGE_US;
}

/**
 * stoker_live_offers_lookup:
 * @self: what was told
 * @provider: a registered provider
 * @now_us: what time it is
 *
 * Returns: (transfer none) (nullable): what it told last, unless that is too old; %NULL too when it
 * had nothing to tell, for then its list is all that is known
 */
StokerOfferTable *
stoker_live_offers_lookup (StokerLiveOffers *self, StokerProvider *provider, gint64 now_us)
{
  const StokerOfferFile *file = find (self->answers, provider);

  if (file == NULL || !stoker_live_offers_are_fresh (file->asked_us, now_us) ||
      stoker_offer_table_get_length (file->offers) == 0)
    return NULL;
  return file->offers;
}

/**
 * stoker_live_offers_get_description:
 * @self: what was told
 * @provider: a registered provider
 *
 * Returns: (transfer none) (nullable): what it told of what it is set up for, such as the
 * parameters of its model, with these settings; however long ago that is
 */
JsonNode *
stoker_live_offers_get_description (StokerLiveOffers *self, StokerProvider *provider)
{
  const StokerOfferFile *file = find (self->answers, provider);

  return file != NULL ? stoker_offer_table_get_description (file->offers) : NULL;
}

/**
 * stoker_live_offers_get_history:
 * @self: what was told
 * @provider: a registered provider
 *
 * Returns: (transfer none) (nullable): the prices it told so far, each as an offer of its day, in
 * the order of time
 */
StokerOfferTable *
stoker_live_offers_get_history (StokerLiveOffers *self, StokerProvider *provider)
{
  const StokerOfferFile *file = g_hash_table_lookup (self->histories,
                                                     stoker_provider_get_id (provider));

  return file != NULL ? file->offers : NULL;
}
