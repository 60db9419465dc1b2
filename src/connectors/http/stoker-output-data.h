/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"

G_BEGIN_DECLS

GBytes *stoker_data_url_decode (const char *url, char **media_type, GError **error);
GBytes *stoker_base64_decode (const char *text, GError **error);
char *stoker_output_name (const char *wanted, const char *media_type, guint number);
char *stoker_output_reserve (const char *dir, const char *name, GError **error);
char *stoker_media_type_of (StokerHttpResponse *response);

G_END_DECLS
