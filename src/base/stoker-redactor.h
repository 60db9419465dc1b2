/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What stands in the place of a secret. */
#define STOKER_REDACTED "•••"

#define STOKER_TYPE_REDACTOR (stoker_redactor_get_type ())

/* Knows the secrets in use and takes them out of texts. Immutable after its secrets were added;
 * atomically counted. */
typedef struct _StokerRedactor StokerRedactor;

GType stoker_redactor_get_type (void) G_GNUC_CONST;
StokerRedactor *stoker_redactor_new (void);
StokerRedactor *stoker_redactor_ref (StokerRedactor *self);
void stoker_redactor_unref (StokerRedactor *self);
void stoker_redactor_add (StokerRedactor *self, const char *secret);
char *stoker_redactor_apply (StokerRedactor *self, const char *text);
gboolean stoker_redact_is_secret_header (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRedactor, stoker_redactor_unref)

G_END_DECLS
