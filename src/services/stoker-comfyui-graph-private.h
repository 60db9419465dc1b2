/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-plan.h"

G_BEGIN_DECLS

/* What a ComfyUI graph tells of the work. */
typedef struct
{
  StokerOutputKind kind; /* of what it saves */
  gint64 outputs;        /* 0: no node saves anything */
  guint n_nodes;
  gboolean has_sampler;
  gboolean has_upscaler;
  GPtrArray *models;   /* owned, of char*: file names, each once */
  GPtrArray *pictures; /* owned, of char*: pictures it loads, each once */
} StokerComfyuiGraph;

gboolean stoker_comfyui_graph_is_prompt (const StokerJsonPlace *place);
gboolean stoker_comfyui_graph_is_editor (const StokerJsonPlace *place);
gboolean stoker_comfyui_graph_read_prompt (StokerComfyuiGraph *self,
                                           const StokerJsonPlace *place,
                                           GError **error);
gboolean stoker_comfyui_graph_read_editor (StokerComfyuiGraph *self,
                                           const StokerJsonPlace *place,
                                           GError **error);
void stoker_comfyui_graph_init (StokerComfyuiGraph *self);
void stoker_comfyui_graph_clear (StokerComfyuiGraph *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StokerComfyuiGraph, stoker_comfyui_graph_clear)

G_END_DECLS
