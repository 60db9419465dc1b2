/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-plan.h"

G_BEGIN_DECLS

/* Readers shared by the parts of a catalog document. They are strict: resources/catalog/README.md
 * has the form. */
typedef gpointer (*StokerElementDecoder) (const StokerJsonPlace *place, GError **error);

gboolean stoker_decode_form (const StokerJsonPlace *place,
                             const char *const *required,
                             const char *optional,
                             GError **error);
gboolean
stoker_decode_text (const StokerJsonPlace *parent, const char *name, char **out, GError **error);
gboolean stoker_decode_id (
  const StokerJsonPlace *parent, const char *name, const char *pattern, char **out, GError **error);
gboolean stoker_decode_words (const StokerJsonPlace *parent,
                              const char *name,
                              const char *const *vocabulary,
                              GStrv *out,
                              GError **error);
gboolean stoker_decode_date (const StokerJsonPlace *parent,
                             const char *name,
                             gint64 *time_us,
                             GError **error);
gboolean stoker_decode_seconds (const StokerJsonPlace *parent,
                                const char *name,
                                gint64 *out,
                                GError **error);
gboolean stoker_decode_fact (const StokerJsonPlace *place, StokerFact *out, GError **error);
gboolean stoker_decode_price (const StokerJsonPlace *parent,
                              const char *name,
                              StokerJsonNeed need,
                              StokerPrice *out,
                              GError **error);
gboolean stoker_decode_list (const StokerJsonPlace *parent,
                             const char *name,
                             StokerJsonNeed need,
                             StokerElementDecoder decode,
                             GDestroyNotify free_element,
                             GPtrArray **out,
                             GError **error);

StokerPlan *stoker_plan_decode (const StokerJsonPlace *place, GError **error);

G_END_DECLS
