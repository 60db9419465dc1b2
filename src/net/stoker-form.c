/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-form.h"

#include "stoker-data-url.h"
#include "stoker-rule.h"
#include "stoker-value.h"

#include <libsoup/soup.h>

/**
 * stoker_form_append:
 * @form: gets `name=value`, percent-encoded, behind what is there
 */
void
stoker_form_append (GString *form, const char *name, const char *value)
{
  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append_uri_escaped (form, name, NULL, FALSE);
  g_string_append_c (form, '=');
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

/* A member that is a data: address becomes a file, any other a plain value. */
static void
append_part (SoupMultipart *multipart, const char *name, const char *text)
{
  g_autofree char *media_type = NULL;
  g_autoptr (GBytes) data = stoker_data_url_decode (text, &media_type, NULL);

  if (data != NULL)
    soup_multipart_append_form_file (multipart, name, name, media_type, data);
  else
    soup_multipart_append_form_string (multipart, name, text);
}

/**
 * stoker_form_encode_multipart:
 * @body: an object; a member that is a data: address is sent as a file
 * @content_type: (out): with the boundary
 *
 * Returns: (transfer full): it as multipart/form-data
 */
GBytes *
stoker_form_encode_multipart (JsonNode *body, char **content_type)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new ("multipart/form-data");
  g_autoptr (SoupMessageHeaders)
    headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  StokerMembers at = stoker_members_of (body);
  GBytes *encoded = NULL;

  while (stoker_members_next (&at))
    {
      g_autofree char *text = stoker_value_dup_text (at.value);

      if (text != NULL)
        append_part (multipart, at.name, text);
    }
  soup_multipart_to_message (multipart, headers, &encoded);
  *content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));

  return encoded;
}

/**
 * stoker_form_encode:
 * @body: an object
 *
 * Returns: (transfer full): it as application/x-www-form-urlencoded
 */
GBytes *
stoker_form_encode (JsonNode *body)
{
  g_autoptr (GString) form = g_string_new (NULL);
  StokerMembers at = stoker_members_of (body);

  while (stoker_members_next (&at))
    {
      g_autofree char *text = stoker_value_dup_text (at.value);

      if (text != NULL)
        stoker_form_append (form, at.name, text);
    }

  return g_string_free_to_bytes (g_steal_pointer (&form));
}
