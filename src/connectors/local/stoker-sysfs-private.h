/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-local-snapshot.h"

G_BEGIN_DECLS

/* A graphics card or accelerator on the PCI bus, whether or not a driver has it. */
typedef struct
{
  char *address;      /* 0000:83:00.0 */
  const char *vendor; /* nvidia, amd or intel */
  char *driver;       /* nullable */
  gboolean is_asleep;
} StokerPciCard;

void stoker_pci_card_free (StokerPciCard *self);
GPtrArray *stoker_pci_list_cards (const char *sys_root);

/* Files of sysfs and procfs: small texts. All of them answer NULL or -1 when the file is missing or
 * says something else. */
char *stoker_sysfs_read (const char *folder, const char *name);
double stoker_sysfs_read_number (const char *folder, const char *name);

void stoker_amd_read_gpus (const char *sys_root, StokerLocalSnapshot *snapshot);
void stoker_intel_read_gpus (const char *sys_root, StokerLocalSnapshot *snapshot);
void stoker_machine_read (const char *sys_root, StokerLocalSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerPciCard, stoker_pci_card_free)

G_END_DECLS
