/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-output-item.h"

G_BEGIN_DECLS

/* What can be seen of an output. */
typedef struct
{
  GdkTexture *texture; /* owned, nullable: of a picture */
  char *text;          /* owned, nullable: beginning of a text */
} StokerOutputLook;

void stoker_output_look_free (StokerOutputLook *self);

/* Decodes a picture or reads the beginning of a text on a thread, two at a time at most. */
void stoker_output_look_async (StokerOutputItem *item,
                               int size,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
StokerOutputLook *stoker_output_look_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerOutputLook, stoker_output_look_free)

G_END_DECLS
