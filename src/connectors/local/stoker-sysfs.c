/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sysfs-private.h"

#include <string.h>

/* stoker_sysfs_read: Returns: (transfer full) (nullable): the text of a file without the space
 * around it, unless it is empty */
char *
stoker_sysfs_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || *g_strstrip (text) == '\0')
    return NULL;
  return g_utf8_make_valid (text, -1);
}

/* stoker_sysfs_read_number: Returns: the decimal number in a file; -1 when there is none */
double
stoker_sysfs_read_number (const char *folder, const char *name)
{
  g_autofree char *text = stoker_sysfs_read (folder, name);
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL))
    return -1;
  return (double) value;
}

/* stoker_pci_card_free: Frees a card. */
void
stoker_pci_card_free (StokerPciCard *self)
{
  g_free (self->address);
  g_free (self->driver);
  g_free (self);
}

static const char *
name_vendor (const char *id)
{
  if (g_strcmp0 (id, "0x10de") == 0)
    return "nvidia";
  if (g_strcmp0 (id, "0x1002") == 0)
    return "amd";
  if (g_strcmp0 (id, "0x8086") == 0)
    return "intel";
  return NULL;
}

/* VGA, 3D and other display controllers, and processing accelerators: class, subclass and interface
 * as 0xCCSSII. */
static gboolean
is_card (const char *class)
{
  return class != NULL &&
         (g_str_has_prefix (class, "0x0300") || g_str_has_prefix (class, "0x0302") ||
          g_str_has_prefix (class, "0x0380") || g_str_has_prefix (class, "0x1200"));
}

static StokerPciCard *
read_card (const char *folder, const char *address)
{
  g_autofree char *class = stoker_sysfs_read (folder, "class");
  g_autofree char *vendor = stoker_sysfs_read (folder, "vendor");
  g_autofree char *status = stoker_sysfs_read (folder, "power/runtime_status");
  g_autofree char *driver = g_build_filename (folder, "driver", NULL);
  g_autofree char *target = g_file_read_link (driver, NULL);
  StokerPciCard *card = NULL;

  if (!is_card (class) || name_vendor (vendor) == NULL)
    return NULL;
  card = g_new0 (StokerPciCard, 1);
  card->address = g_strdup (address);
  card->vendor = name_vendor (vendor);
  card->driver = target != NULL ? g_path_get_basename (target) : NULL;
  card->is_asleep = g_strcmp0 (status, "suspended") == 0;
  return card;
}

static int
compare_cards (gconstpointer a, gconstpointer b)
{
  const StokerPciCard *first = *(StokerPciCard *const *) a;
  const StokerPciCard *second = *(StokerPciCard *const *) b;

  return strcmp (first->address, second->address);
}

/*
 * stoker_pci_list_cards:
 * @sys_root: "/" but for tests
 *
 * Looks at the bus without waking anything.
 *
 * Returns: (transfer full) (element-type StokerPciCard): the cards in the order of their addresses
 */
GPtrArray *
stoker_pci_list_cards (const char *sys_root)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_pci_card_free);
  g_autofree char *bus = g_build_filename (sys_root, "sys/bus/pci/devices", NULL);
  g_autoptr (GDir) dir = g_dir_open (bus, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (bus, name, NULL);
      StokerPciCard *card = read_card (folder, name);

      if (card != NULL)
        g_ptr_array_add (cards, card);
    }
  g_ptr_array_sort (cards, compare_cards);
  return cards;
}

static double
read_memory_gb (const char *sys_root)
{
  g_autofree char *path = g_build_filename (sys_root, "proc", NULL);
  g_autofree char *text = stoker_sysfs_read (path, "meminfo");
  const char *total = text != NULL ? strstr (text, "MemTotal:") : NULL;

  if (total == NULL)
    return -1;
  return (double) g_ascii_strtoull (total + strlen ("MemTotal:"), NULL, 10) / (1024 * 1024);
}

static double
read_load (const char *sys_root)
{
  g_autofree char *path = g_build_filename (sys_root, "proc", NULL);
  g_autofree char *text = stoker_sysfs_read (path, "loadavg");

  return text != NULL ? g_ascii_strtod (text, NULL) : -1;
}

/* stoker_machine_read: Fills in processors, memory in GiB, and the load of the last minute. */
void
stoker_machine_read (const char *sys_root, StokerLocalSnapshot *snapshot)
{
  snapshot->cpus = (int) g_get_num_processors ();
  snapshot->memory_gb = read_memory_gb (sys_root);
  snapshot->load_average = read_load (sys_root);
}
