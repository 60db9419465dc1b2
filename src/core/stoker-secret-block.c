/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-block-private.h"

#include <string.h>
#include <sys/mman.h>

struct _StokerSecretBlock
{
  char *memory; /* nullable: no secrets */
  gsize size;
  gboolean is_mapped;
  GHashTable *by_name; /* owned: name → text in memory */
};

static gsize
measure (GHashTable *secrets)
{
  GHashTableIter iter;
  gpointer value = NULL;
  gsize size = 0;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    size += strlen (value) + 1;

  return size;
}

/* Locking may be beyond the user's limit; the secrets are needed all the same. */
static void
allocate (StokerSecretBlock *self)
{
  void *memory = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                       0);

  self->is_mapped = memory != MAP_FAILED;
  if (!self->is_mapped)
    {
      self->memory = g_malloc (self->size);
      return;
    }

  self->memory = memory;
  if (mlock (memory, self->size) != 0)
    g_debug ("Memory for secrets could not be locked");
#ifdef MADV_DONTDUMP
  madvise (memory, self->size, MADV_DONTDUMP);
#endif
}

static void
copy_secrets (StokerSecretBlock *self, GHashTable *secrets)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;
  char *end = self->memory;

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      gsize length = strlen (value) + 1;

      memcpy (end, value, length);
      g_hash_table_insert (self->by_name, g_strdup (name), end);
      end += length;
    }
}

/*
 * stoker_secret_block_new:
 * @secrets: (nullable) (element-type utf8 utf8): name → secret
 *
 * Returns: (transfer full): a copy of @secrets in locked memory
 */
StokerSecretBlock *
stoker_secret_block_new (GHashTable *secrets)
{
  StokerSecretBlock *self = g_new0 (StokerSecretBlock, 1);

  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (secrets == NULL || g_hash_table_size (secrets) == 0)
    return self;

  self->size = measure (secrets);
  allocate (self);
  copy_secrets (self, secrets);

  return self;
}

/*
 * stoker_secret_block_lookup:
 *
 * Returns: (transfer none) (nullable): the secret of that name
 */
const char *
stoker_secret_block_lookup (StokerSecretBlock *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

/*
 * stoker_secret_block_add_to:
 * @secrets: (element-type utf8 utf8): gets names and secrets, borrowed
 */
void
stoker_secret_block_add_to (StokerSecretBlock *self, GHashTable *secrets)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->by_name);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (secrets, name, value);
}

/*
 * stoker_secret_block_free:
 * @self: (transfer full): a block
 *
 * Wipes the secrets.
 */
void
stoker_secret_block_free (StokerSecretBlock *self)
{
  g_hash_table_unref (self->by_name);
  if (self->memory != NULL)
    explicit_bzero (self->memory, self->size);
  if (self->is_mapped)
    munmap (self->memory, self->size);
  else
    g_free (self->memory);
  g_free (self);
}
