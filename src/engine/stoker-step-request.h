/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-scope.h"

G_BEGIN_DECLS

/* A request as it leaves the machine, or with a masked scope as it would. */
typedef struct
{
  char *method;
  char *url;
  GPtrArray *headers; /* of char*: name, value, …; ends with NULL */
  GBytes *body;       /* nullable */
  char *content_type; /* nullable */
  char *authority; /* nullable: PEM: the only authority that the server's certificate may be of */
  char *identity;  /* nullable: PEM: certificate and key to show to the server */
} StokerStepRequest;

StokerStepRequest *stoker_step_request_new (JsonNode *step,
                                            const char *page,
                                            const StokerScope *scope,
                                            GError **error);
StokerStepRequest *
stoker_step_request_new_get (const StokerScope *scope, const char *url, GError **error);
StokerRenderedRequest *stoker_step_request_describe (const StokerStepRequest *self,
                                                     const StokerScope *scope);
void stoker_step_request_free (StokerStepRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerStepRequest, stoker_step_request_free)

G_END_DECLS
