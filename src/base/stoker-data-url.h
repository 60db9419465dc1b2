/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *stoker_base64_decode (const char *text, GError **error);
GBytes *stoker_data_url_decode (const char *url, char **media_type, GError **error);

G_END_DECLS
