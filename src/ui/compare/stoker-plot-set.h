/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "stoker-plot.h"

G_BEGIN_DECLS

/* All charts of a line-up, made in a thread: with hundreds of candidates they take longer than a
 * frame. */
void stoker_plot_set_make_async (StokerLineUp *line_up,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *stoker_plot_set_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
