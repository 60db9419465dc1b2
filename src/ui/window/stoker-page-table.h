/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A page of the window: its line in the sidebar and the class that is made when it is first shown.
 */
typedef struct
{
  const char *name;
  const char *title; /* to be translated */
  const char *icon_name;
  GType (*get_type) (void);
} StokerPageEntry;

#define STOKER_FIRST_PAGE "overview"

guint stoker_page_table_get_length (void);
const StokerPageEntry *stoker_page_table_get (guint index);
const StokerPageEntry *stoker_page_table_find (const char *name);

G_END_DECLS
