/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *stoker_jwt_sign (
  const char *algorithm, const char *header, const char *claims, GBytes *key, GError **error);

G_END_DECLS
