/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A process as the kernel counts them: the number alone may come to belong to somebody else,
 * together with the start it is unique. */
typedef struct
{
  int pid;             /* 0: none */
  guint64 start_ticks; /* since the machine was started */
} StokerProcessId;

gboolean stoker_process_id_lookup (int pid, StokerProcessId *id);
gboolean stoker_process_id_is_alive (const StokerProcessId *id);
gboolean stoker_process_id_find (const char *variable, StokerProcessId *id);

G_END_DECLS
