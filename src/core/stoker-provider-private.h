/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-provider.h"

G_BEGIN_DECLS

/* The members of a registry entry on their way into a provider. */
typedef struct
{
  char *id;
  char *name;
  char *kind;
  char *service;
  char *template_id;
  char *base_url; /* nullable */
  gboolean is_active;
  int priority;
  gboolean is_opted_in;
  JsonNode *meta;       /* nullable: none */
  StokerHealth *health; /* nullable */
} StokerProviderForm;

void stoker_provider_form_init (StokerProviderForm *form);
void stoker_provider_form_clear (StokerProviderForm *form);
StokerProvider *stoker_provider_new_from_form (StokerProviderForm *form);
const char *stoker_provider_kind_for (const char *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StokerProviderForm, stoker_provider_form_clear)

G_END_DECLS
