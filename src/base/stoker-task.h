/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * STOKER_DEFINE_TASK_STATE:
 *
 * Declares the state of an asynchronous operation: `stoker_task_set_NAME_state()` and
 * `stoker_task_get_NAME_state()` on a #GTask, freed with @free_func.
 */
#define STOKER_DEFINE_TASK_STATE(Type, name, free_func)                                      \
  G_GNUC_UNUSED static inline void stoker_task_set_##name##_state (GTask *task, Type *state) \
  {                                                                                          \
    g_task_set_task_data (task, state, (GDestroyNotify) free_func);                          \
  }                                                                                          \
  G_GNUC_UNUSED static inline Type *stoker_task_get_##name##_state (GTask *task)             \
  {                                                                                          \
    return g_task_get_task_data (task);                                                      \
  }

G_END_DECLS
