/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-item.h"

#include "stoker-log-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _StokerOutputItem
{
  GObject parent_instance;

  char *name;       /* owned: as it is shown */
  char *path;       /* owned, nullable: not here yet */
  char *media_type; /* owned, nullable */
  gint64 bytes;
};

G_DEFINE_FINAL_TYPE (StokerOutputItem, stoker_output_item, G_TYPE_OBJECT)

static void
stoker_output_item_finalize (GObject *object)
{
  StokerOutputItem *self = STOKER_OUTPUT_ITEM (object);

  g_free (self->name);
  g_free (self->path);
  g_free (self->media_type);
  G_OBJECT_CLASS (stoker_output_item_parent_class)->finalize (object);
}

static void
stoker_output_item_class_init (StokerOutputItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_output_item_finalize;
}

static void
stoker_output_item_init (StokerOutputItem *self)
{
}

/* Of a file whose sender did not say what it is, the name tells. */
static char *
guess_media_type (const StokerArtifact *artifact)
{
  const char *name = artifact->path != NULL ? artifact->path : artifact->name;
  gboolean is_uncertain = FALSE;
  g_autofree char *type = NULL;

  if (artifact->media_type != NULL && *artifact->media_type != '\0')
    return g_strdup (artifact->media_type);
  if (name == NULL)
    return NULL;
  type = g_content_type_guess (name, NULL, 0, &is_uncertain);
  return is_uncertain || type == NULL ? NULL : g_content_type_get_mime_type (type);
}

/**
 * stoker_output_item_new:
 * @artifact: an output of a job
 *
 * Returns: (transfer full): the output as an item of a list
 */
StokerOutputItem *
stoker_output_item_new (const StokerArtifact *artifact)
{
  StokerOutputItem *self = g_object_new (STOKER_TYPE_OUTPUT_ITEM, NULL);

  self->name = stoker_output_display_name (artifact->name);
  self->path = g_strdup (artifact->path);
  self->media_type = guess_media_type (artifact);
  self->bytes = artifact->bytes;
  return self;
}

/**
 * stoker_output_display_name:
 * @name: (nullable): a file name that somebody else chose
 *
 * Returns: (transfer full): the name in one harmless line
 */
char *
stoker_output_display_name (const char *name)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *flat = NULL;

  if (name == NULL || *name == '\0')
    return g_strdup (_ ("Unnamed"));
  flat = g_strdelimit (g_strdup (name), "\r\n\t", ' ');
  stoker_log_text_clean (line, flat, strlen (flat));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * stoker_output_item_get_name:
 *
 * Returns: (transfer none): its name as it may be shown
 */
const char *
stoker_output_item_get_name (StokerOutputItem *self)
{
  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), NULL);

  return self->name;
}

/**
 * stoker_output_item_get_path:
 *
 * Returns: (transfer none) (nullable): where it is; %NULL while it is not here
 */
const char *
stoker_output_item_get_path (StokerOutputItem *self)
{
  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), NULL);

  return self->path;
}

/**
 * stoker_output_item_get_media_type:
 *
 * Returns: (transfer none) (nullable): what it is
 */
const char *
stoker_output_item_get_media_type (StokerOutputItem *self)
{
  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), NULL);

  return self->media_type;
}

/**
 * stoker_output_item_get_bytes:
 *
 * Returns: its size, -1 unknown
 */
gint64
stoker_output_item_get_bytes (StokerOutputItem *self)
{
  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), -1);

  return self->bytes;
}

/**
 * stoker_output_item_get_shape:
 *
 * Returns: how it can be shown
 */
StokerOutputShape
stoker_output_item_get_shape (StokerOutputItem *self)
{
  const char *type = NULL;

  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), STOKER_SHOWN_AS_OTHER);

  type = self->media_type != NULL ? self->media_type : "";
  if (g_str_has_prefix (type, "image/"))
    return STOKER_SHOWN_AS_PICTURE;
  if (g_str_has_prefix (type, "video/"))
    return STOKER_SHOWN_AS_VIDEO;
  if (g_str_has_prefix (type, "text/") || g_str_equal (type, "application/json"))
    return STOKER_SHOWN_AS_TEXT;
  return STOKER_SHOWN_AS_OTHER;
}

/**
 * stoker_output_item_get_file:
 *
 * Returns: (transfer full) (nullable): its file; %NULL while it is not here
 */
GFile *
stoker_output_item_get_file (StokerOutputItem *self)
{
  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), NULL);

  return self->path != NULL ? g_file_new_for_path (self->path) : NULL;
}

/**
 * stoker_output_item_make_icon:
 *
 * Returns: (transfer full): a symbolic icon of its kind
 */
GIcon *
stoker_output_item_make_icon (StokerOutputItem *self)
{
  g_autofree char *content_type = NULL;

  g_return_val_if_fail (STOKER_IS_OUTPUT_ITEM (self), NULL);

  if (self->media_type != NULL)
    content_type = g_content_type_from_mime_type (self->media_type);
  if (content_type == NULL)
    return g_themed_icon_new ("text-x-generic-symbolic");
  return g_content_type_get_symbolic_icon (content_type);
}
