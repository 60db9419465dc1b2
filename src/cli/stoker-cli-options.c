/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-options.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>

/* Where GOptionContext puts the value of one option until it is taken over. */
typedef union
{
  gboolean flag;
  char *text;
  char **texts;
  gint64 count;
  double amount;
} OptionSlot;

typedef struct
{
  GOptionEntry *entries; /* zero-terminated copy */
  OptionSlot *slots;
  guint length;
} OptionSlots;

static void
clear_slot (const GOptionEntry *entry, OptionSlot *slot)
{
  if (entry->arg == G_OPTION_ARG_STRING || entry->arg == G_OPTION_ARG_FILENAME)
    g_clear_pointer (&slot->text, g_free);
  else if (entry->arg == G_OPTION_ARG_STRING_ARRAY)
    g_clear_pointer (&slot->texts, g_strfreev);
}

static void
option_slots_clear (OptionSlots *self)
{
  for (guint i = 0; i < self->length; i++)
    clear_slot (&self->entries[i], &self->slots[i]);
  g_clear_pointer (&self->entries, g_free);
  g_clear_pointer (&self->slots, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptionSlots, option_slots_clear)

static const GOptionEntry no_entries[] = { { NULL } };

static void
option_slots_init (OptionSlots *self, const GOptionEntry *entries)
{
  self->length = 0;
  while (entries[self->length].long_name != NULL)
    self->length++;

  self->entries = g_new0 (GOptionEntry, self->length + 1);
  self->slots = g_new0 (OptionSlot, self->length + 1);
  for (guint i = 0; i < self->length; i++)
    {
      self->entries[i] = entries[i];
      self->entries[i].arg_data = &self->slots[i];
    }
}

static void
take_slot (GVariantDict *values, const GOptionEntry *entry, const OptionSlot *slot)
{
  const char *name = entry->long_name;

  if (entry->arg == G_OPTION_ARG_NONE && slot->flag)
    g_variant_dict_insert (values, name, "b", TRUE);
  else if (entry->arg == G_OPTION_ARG_STRING && slot->text != NULL)
    g_variant_dict_insert (values, name, "s", slot->text);
  else if (entry->arg == G_OPTION_ARG_FILENAME && slot->text != NULL)
    g_variant_dict_insert (values, name, "^ay", slot->text);
  else if (entry->arg == G_OPTION_ARG_STRING_ARRAY && slot->texts != NULL)
    g_variant_dict_insert (values, name, "^as", slot->texts);
}

static gboolean
is_empty (const GOptionEntry *entry, const OptionSlot *slot)
{
  if (entry->arg == G_OPTION_ARG_STRING || entry->arg == G_OPTION_ARG_FILENAME)
    return slot->text != NULL && *slot->text == '\0';
  return entry->arg == G_OPTION_ARG_STRING_ARRAY && slot->texts != NULL &&
         g_strv_contains ((const char *const *) slot->texts, "");
}

/* What a shell makes of a variable that is not set must stand neither for all nor for none. */
static gboolean
check_slots (const OptionSlots *self, GError **error)
{
  for (guint i = 0; i < self->length; i++)
    if (is_empty (&self->entries[i], &self->slots[i]))
      {
        g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("--%s: %s is empty"),
                     self->entries[i].long_name, self->entries[i].arg_description);
        return FALSE;
      }
  return TRUE;
}

/* What comes after a lone "--" are arguments; the dashes themselves are not. */
static void
remove_separator (GStrv *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_removed = FALSE;

  for (guint i = 0; (*words)[i] != NULL; i++)
    {
      if (!is_removed && g_str_equal ((*words)[i], "--"))
        is_removed = TRUE;
      else
        g_strv_builder_add (builder, (*words)[i]);
    }

  g_strfreev (*words);
  *words = g_strv_builder_end (builder);
}

/**
 * stoker_cli_options_parse:
 * @entries: (nullable): flags, texts, lists of texts and file names; without arg_data
 * @words: (inout): the words after the verb, preceded by the program's name; the options are taken
 * out
 *
 * Returns: (transfer full): the options given (a{sv}, floating no more), or %NULL with a
 * %STOKER_ERROR_CONFIG
 */
GVariant *
stoker_cli_options_parse (const GOptionEntry *entries, GStrv *words, GError **error)
{
  g_auto (OptionSlots) slots = { NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) local_error = NULL;
  g_auto (GVariantDict) values = G_VARIANT_DICT_INIT (NULL);

  option_slots_init (&slots, entries != NULL ? entries : no_entries);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, slots.entries, NULL);

  if (!g_option_context_parse_strv (context, words, &local_error))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG, local_error->message);
      return NULL;
    }
  if (!check_slots (&slots, error))
    return NULL;

  for (guint i = 0; i < slots.length; i++)
    take_slot (&values, &slots.entries[i], &slots.slots[i]);
  remove_separator (words);

  return g_variant_ref_sink (g_variant_dict_end (&values));
}

/**
 * stoker_cli_options_get_help:
 * @entries: (nullable): as for stoker_cli_options_parse()
 * @usage: verb, action and arguments
 *
 * Returns: (transfer full): the text of `--help`
 */
char *
stoker_cli_options_get_help (const GOptionEntry *entries, const char *usage, const char *summary)
{
  g_auto (OptionSlots) slots = { NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  option_slots_init (&slots, entries != NULL ? entries : no_entries);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, slots.entries, GETTEXT_PACKAGE);

  return g_option_context_get_help (context, TRUE, NULL);
}
