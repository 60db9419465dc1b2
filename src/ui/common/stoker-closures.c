/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-closures.h"

/**
 * stoker_closure_page_state:
 * @workspace: (nullable): the open workspace
 * @problem: (nullable): why it could not be opened
 * @has_content: whether the page has something to show
 *
 * Returns: (transfer full): name of the state of a page: error, loading, empty or content
 */
char *
stoker_closure_page_state (gpointer unused,
                           GObject *workspace,
                           const char *problem,
                           gboolean has_content)
{
  if (problem != NULL)
    return g_strdup ("error");
  if (workspace == NULL)
    return g_strdup ("loading");
  return g_strdup (has_content ? "content" : "empty");
}

/**
 * stoker_closure_count:
 * @count: how many
 *
 * Returns: (transfer full): the number, or an empty text for none
 */
char *
stoker_closure_count (gpointer unused, guint count)
{
  return count == 0 ? g_strdup ("") : g_strdup_printf ("%u", count);
}

/**
 * stoker_closure_has_text:
 * @text: (nullable): a text
 *
 * Returns: whether there is one
 */
gboolean
stoker_closure_has_text (gpointer unused, const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * stoker_closure_not:
 * @value: a claim
 *
 * Returns: its opposite
 */
gboolean
stoker_closure_not (gpointer unused, gboolean value)
{
  return !value;
}

/**
 * stoker_closure_is_set:
 * @object: (nullable): an object
 *
 * Returns: whether there is one
 */
gboolean
stoker_closure_is_set (gpointer unused, GObject *object)
{
  return object != NULL;
}
