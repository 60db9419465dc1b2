/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-key-facts.h"

G_BEGIN_DECLS

/* The readers of the kinds. @text ends with a zero. Each fills @facts, or says what is wrong. */
gboolean stoker_key_facts_read_google (StokerKeyFacts *facts,
                                       const char *text,
                                       const char *name,
                                       GError **error);
gboolean stoker_key_facts_read_ssh (StokerKeyFacts *facts,
                                    const char *text,
                                    const char *name,
                                    GError **error);
gboolean stoker_key_facts_read_kubeconfig (StokerKeyFacts *facts,
                                           const char *text,
                                           const char *name,
                                           GError **error);
gboolean stoker_key_facts_refuse (const char *name, const char *mistake, GError **error);

/* What was unpacked from an SSH private key. */
gboolean stoker_ssh_key_read_openssh (StokerKeyFacts *facts, const guint8 *data, gsize length);
gboolean stoker_ssh_key_read_der (StokerKeyFacts *facts, const guint8 *data, gsize length);

G_END_DECLS
