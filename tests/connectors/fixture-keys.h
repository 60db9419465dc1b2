/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keys of service accounts. They are made for the run, so that none lies about. */
char *fixture_keys_put (const char *text);

/* (nullable): the public half of the good one, when a text had a place for it. */
const char *fixture_keys_get_public (void);

G_END_DECLS
