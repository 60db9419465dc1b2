/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-context.h"

#include "stoker-cli-options.h"
#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* A key, or a few of them: a service account's JSON has about 2,500 bytes. */
#define MAX_STDIN_BYTES (64 * 1024)
#define MAX_LINE_CHARACTERS 1000

/* The option of verbs that only think: asks providers for their prices first. */
#define REFRESH "refresh"

struct _StokerCliContext
{
  GObject parent_instance;

  /* owned */
  StokerCliStreams streams;
  char *cwd; /* nullable: that of this process */
  GString *out;
  GVariant *options;
  GStrv arguments;
  GCancellable *cancellable;
  StokerWorkspace *workspace; /* nullable until opened */

  /* borrowed */
  const StokerCliVerb *verb; /* nullable until prepared */
};

G_DEFINE_FINAL_TYPE (StokerCliContext, stoker_cli_context, G_TYPE_OBJECT)

static GStrv
copy_words (const char *const *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, "stoker");
  for (guint i = 0; words[i] != NULL; i++)
    g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

static gboolean
check_arguments (StokerCliContext *self, GError **error)
{
  int count = (int) stoker_cli_context_get_n_arguments (self);
  const StokerCliVerb *verb = self->verb;
  gboolean is_too_many = verb->max_arguments >= 0 && count > verb->max_arguments;
  gboolean has_empty = g_strv_contains ((const char *const *) self->arguments + 1, "");

  if (count >= verb->min_arguments && !is_too_many && !has_empty)
    return TRUE;

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               is_too_many ? _ ("%s%s%s takes no more than %s")
               : has_empty ? _ ("%s%s%s needs %s, and an argument is empty")
                           : _ ("%s%s%s needs %s"),
               verb->name, verb->action != NULL ? " " : "",
               verb->action != NULL ? verb->action : "",
               *verb->arguments != '\0' ? verb->arguments : _ ("its options"));
  return FALSE;
}

static int
status_of_error (const GError *error)
{
  if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_CONFIG))
    return STOKER_CLI_WRONG_CALL;
  if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_HELD))
    return STOKER_CLI_HELD;

  return STOKER_CLI_FAILED;
}

/* A text from outside may be of any length: what stands at its ends says where and what. */
static char *
shorten (const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *head = NULL;

  if (length <= MAX_LINE_CHARACTERS)
    return g_strdup (text);

  head = g_utf8_substring (text, 0, MAX_LINE_CHARACTERS / 2);
  return g_strdup_printf ("%s … %s", head,
                          g_utf8_offset_to_pointer (text, length - MAX_LINE_CHARACTERS / 2));
}

static void
write_err_line (StokerCliContext *self, const char *message)
{
  g_autofree char *whole = stoker_cli_text_clean (message, FALSE);
  g_autofree char *clean = shorten (whole);
  g_autofree char *line = g_strdup_printf ("stoker: %s\n", clean);

  self->streams.write_err (line, self->streams.user_data);
}

static void
stdin_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *buffer = g_task_get_task_data (task);
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (length > MAX_STDIN_BYTES)
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("standard input: more than 64 KiB"));
      return;
    }
  if (!g_utf8_validate_len (buffer, length, NULL))
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("standard input: not UTF-8 text"));
      return;
    }

  g_task_return_pointer (task, g_strndup (buffer, length), g_free);
}

static void
free_buffer (gpointer buffer)
{
  explicit_bzero (buffer, MAX_STDIN_BYTES + 1);
  g_free (buffer);
}

static void
stoker_cli_context_finalize (GObject *object)
{
  StokerCliContext *self = STOKER_CLI_CONTEXT (object);

  if (self->streams.destroy != NULL)
    self->streams.destroy (self->streams.user_data);
  g_clear_pointer (&self->cwd, g_free);
  g_string_free (self->out, TRUE);
  g_clear_pointer (&self->options, g_variant_unref);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (stoker_cli_context_parent_class)->finalize (object);
}

static void
stoker_cli_context_class_init (StokerCliContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_cli_context_finalize;
}

static void
stoker_cli_context_init (StokerCliContext *self)
{
  self->out = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * stoker_cli_context_new:
 * @streams: copied; its user data belong to the context from now on
 * @cwd: (nullable): folder that relative file names start from; %NULL is this process's own
 *
 * Returns: (transfer full): a context without a verb
 */
StokerCliContext *
stoker_cli_context_new (const StokerCliStreams *streams, const char *cwd)
{
  StokerCliContext *self = g_object_new (STOKER_TYPE_CLI_CONTEXT, NULL);

  self->streams = *streams;
  self->cwd = g_strdup (cwd);

  return self;
}

/**
 * stoker_cli_context_prepare:
 * @words: (array zero-terminated=1): what was typed after the program's name
 *
 * Finds the verb and reads its options, before anything is opened.
 *
 * Returns: %FALSE with a %STOKER_ERROR_CONFIG when the call is wrong
 */
gboolean
stoker_cli_context_prepare (StokerCliContext *self, const char *const *words, GError **error)
{
  g_autoptr (GArray) options = NULL;
  int n_used = 0;

  self->verb = stoker_cli_verb_find (words, &n_used, error);
  if (self->verb == NULL)
    return FALSE;

  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_pointer (&self->options, g_variant_unref);
  self->arguments = copy_words (words + n_used);
  options = stoker_cli_verb_list_options (self->verb);
  self->options = stoker_cli_options_parse ((const GOptionEntry *) options->data, &self->arguments,
                                            error);
  if (self->options == NULL)
    return FALSE;

  return check_arguments (self, error);
}

/**
 * stoker_cli_context_conclude:
 * @status: exit status the verb gave; without meaning with @error
 * @error: (nullable): why it failed
 *
 * Prints what was kept back, or the error on one line.
 *
 * Returns: the exit status
 */
int
stoker_cli_context_conclude (StokerCliContext *self, int status, const GError *error)
{
  if (error != NULL)
    {
      write_err_line (self, error->message);
      return status_of_error (error);
    }

  if (self->out->len > 0)
    self->streams.write_out (self->out->str, self->streams.user_data);
  g_string_truncate (self->out, 0);

  return status;
}

/**
 * stoker_cli_context_get_verb:
 *
 * Returns: (transfer none): the verb that was found
 */
const StokerCliVerb *
stoker_cli_context_get_verb (StokerCliContext *self)
{
  return self->verb;
}

/**
 * stoker_cli_context_get_parts:
 *
 * Returns: what the verb needs of the workspace; a rehearsal must not set jobs going
 */
StokerWorkspaceParts
stoker_cli_context_get_parts (StokerCliContext *self)
{
  if (self->verb->live_parts != 0 &&
      (stoker_cli_context_get_flag (self, "live") || stoker_cli_context_get_flag (self, REFRESH)))
    return self->verb->live_parts;

  return self->verb->parts;
}

/**
 * stoker_cli_context_changes_things:
 *
 * Returns: whether the verb, as it was called, is handed to the running instance
 */
gboolean
stoker_cli_context_changes_things (StokerCliContext *self)
{
  return self->verb->changes_things || stoker_cli_context_get_flag (self, REFRESH);
}

/**
 * stoker_cli_context_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the user interrupts
 */
GCancellable *
stoker_cli_context_get_cancellable (StokerCliContext *self)
{
  return self->cancellable;
}

/**
 * stoker_cli_context_get_workspace:
 *
 * Returns: (transfer none): the workspace with the parts the verb asked for
 */
StokerWorkspace *
stoker_cli_context_get_workspace (StokerCliContext *self)
{
  return self->workspace;
}

/**
 * stoker_cli_context_set_workspace:
 *
 * Gives the verb what it works on.
 */
void
stoker_cli_context_set_workspace (StokerCliContext *self, StokerWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/**
 * stoker_cli_context_get_flag:
 *
 * Returns: whether `--option` was given
 */
gboolean
stoker_cli_context_get_flag (StokerCliContext *self, const char *option)
{
  gboolean is_set = FALSE;

  return g_variant_lookup (self->options, option, "b", &is_set) && is_set;
}

/**
 * stoker_cli_context_get_text:
 *
 * Returns: (transfer none) (nullable): the value of `--option`, a text or a file name
 */
const char *
stoker_cli_context_get_text (StokerCliContext *self, const char *option)
{
  const char *text = NULL;

  if (!g_variant_lookup (self->options, option, "&s", &text))
    g_variant_lookup (self->options, option, "^&ay", &text);

  return text;
}

/**
 * stoker_cli_context_get_texts:
 *
 * Returns: (transfer full): every value of a repeated `--option`; may be empty
 */
GStrv
stoker_cli_context_get_texts (StokerCliContext *self, const char *option)
{
  GStrv texts = NULL;

  if (!g_variant_lookup (self->options, option, "^as", &texts))
    texts = g_new0 (char *, 1);

  return texts;
}

/**
 * stoker_cli_context_get_count:
 * @out: left alone when the option was not given
 *
 * Reads a whole number from 0 to @max.
 */
gboolean
stoker_cli_context_get_count (
  StokerCliContext *self, const char *option, gint64 max, gint64 *out, GError **error)
{
  const char *text = stoker_cli_context_get_text (self, option);
  guint64 value = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, (guint64) max, &value, NULL))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("--%s: “%s” is not a whole number from 0 to %" PRId64), option, text, max);
      return FALSE;
    }

  *out = (gint64) value;
  return TRUE;
}

/**
 * stoker_cli_context_get_amount:
 * @out: left alone when the option was not given
 *
 * Reads a number that is not negative, with a dot for the decimals.
 */
gboolean
stoker_cli_context_get_amount (StokerCliContext *self,
                               const char *option,
                               double *out,
                               GError **error)
{
  const char *text = stoker_cli_context_get_text (self, option);
  char *end = NULL;
  double value;

  if (text == NULL)
    return TRUE;

  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value) || value < 0)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("--%s: “%s” is not a number of 0 or more"), option, text);
      return FALSE;
    }

  *out = value;
  return TRUE;
}

/**
 * stoker_cli_context_get_argument:
 *
 * Returns: (transfer none) (nullable): an argument that is no option
 */
const char *
stoker_cli_context_get_argument (StokerCliContext *self, guint index)
{
  return index < stoker_cli_context_get_n_arguments (self) ? self->arguments[index + 1] : NULL;
}

/**
 * stoker_cli_context_get_n_arguments:
 *
 * Returns: how many arguments there are besides the options
 */
guint
stoker_cli_context_get_n_arguments (StokerCliContext *self)
{
  return g_strv_length (self->arguments) - 1;
}

/**
 * stoker_cli_context_get_path:
 * @path: as typed
 *
 * Returns: (transfer full): where the file is: a relative name starts from the caller's folder
 */
char *
stoker_cli_context_get_path (StokerCliContext *self, const char *path)
{
  if (self->cwd == NULL || g_path_is_absolute (path))
    return g_strdup (path);

  return g_canonicalize_filename (path, self->cwd);
}

/**
 * stoker_cli_context_print:
 *
 * Adds to what is printed on standard output once the verb is done.
 */
void
stoker_cli_context_print (StokerCliContext *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->out, format, arguments);
  va_end (arguments);
}

/**
 * stoker_cli_context_print_text:
 *
 * Adds @text as it is.
 */
void
stoker_cli_context_print_text (StokerCliContext *self, const char *text)
{
  g_string_append (self->out, text);
}

/**
 * stoker_cli_context_print_json:
 *
 * Adds a document.
 */
void
stoker_cli_context_print_json (StokerCliContext *self, JsonNode *document)
{
  g_autofree char *text = stoker_json_to_string (document, TRUE);

  g_string_append (self->out, text);
  g_string_append_c (self->out, '\n');
}

/**
 * stoker_cli_context_print_more:
 * @n_more: how many rows of a table `--limit` left out
 *
 * Says so to people who did not ask for a limit.
 */
void
stoker_cli_context_print_more (StokerCliContext *self, guint n_more)
{
  if (n_more == 0 || stoker_cli_context_get_flag (self, "json") ||
      stoker_cli_context_get_text (self, "limit") != NULL)
    return;
  stoker_cli_context_print (self,
                            ngettext ("… and %u more; --limit 0 shows all\n",
                                      "… and %u more; --limit 0 shows all\n", n_more),
                            n_more);
}

/**
 * stoker_cli_context_note:
 *
 * Says something on standard error at once: progress, or a hint.
 */
void
stoker_cli_context_note (StokerCliContext *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  write_err_line (self, text);
}

/**
 * stoker_cli_context_read_stdin_async:
 *
 * Reads the caller's standard input to its end.
 */
void
stoker_cli_context_read_stdin_async (StokerCliContext *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, user_data);
  g_autoptr (GInputStream) stream = self->streams.open_stdin (self->streams.user_data);
  char *buffer = NULL;

  g_task_set_source_tag (task, stoker_cli_context_read_stdin_async);
  if (stream == NULL)
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("standard input: there is none"));
      return;
    }

  buffer = g_malloc0 (MAX_STDIN_BYTES + 1);
  g_task_set_task_data (task, buffer, free_buffer);
  g_input_stream_read_all_async (stream, buffer, MAX_STDIN_BYTES + 1, G_PRIORITY_DEFAULT,
                                 self->cancellable, stdin_read_cb, g_steal_pointer (&task));
}

/**
 * stoker_cli_context_read_stdin_finish:
 *
 * Returns: (transfer full): the text; wipe it when it is secret
 */
char *
stoker_cli_context_read_stdin_finish (StokerCliContext *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
