/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "survey-checks.h"

#include "stoker-phrases.h"

#include "stoker-log-row.h"

#include <adwaita.h>
#include <string.h>

#define OPENING_MARK "⟦"
#define CLOSING_MARK "⟧"
/* What may stand between two texts of a label. */
#define MIDDLE_DOT "·"
#define SEPARATORS "\n,;:()/|"
#define CATALOG_RESOURCE "/io/github/stokerapp/Stoker/catalog"
/* Rounding of the layout. */
#define SLACK 1
/* A label may take some of the padding of its button. */
#define BUTTON_PADDING 8

struct _SurveyData
{
  gboolean wants_marks;
  char *known; /* owned: all text that comes from data */
};

static void
add_resource_text (GString *known, const char *folder)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (folder, "/", names[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

      if (bytes != NULL)
        g_string_append_len (known, g_bytes_get_data (bytes, NULL),
                             (gssize) g_bytes_get_size (bytes));
    }
}

/* What a job says was said when it happened, in the language of that time. */
static void
add_messages (GString *known, StokerJob *job)
{
  GPtrArray *attempts = stoker_job_get_attempts (job);
  const char *message = stoker_job_get_message (job);

  g_autofree char *sentence = stoker_phrase_sentence (message != NULL ? message : "");

  g_string_append_printf (known, "\n%s\n%s\n", message != NULL ? message : "", sentence);
  for (guint i = 0; i < attempts->len; i++)
    {
      const StokerAttempt *attempt = attempts->pdata[i];

      g_string_append_printf (known, "\n%s\n", attempt->message != NULL ? attempt->message : "");
    }
}

static void
add_records (GString *known, GListModel *jobs)
{
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);
      GPtrArray *artifacts = stoker_job_get_artifacts (job);

      add_messages (known, job);
      for (guint j = 0; j < artifacts->len; j++)
        g_string_append_printf (known, "\n%s\n", ((StokerArtifact *) artifacts->pdata[j])->name);
    }
}

static void
add_names (GString *known, GListModel *model)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *name = NULL;
      g_autofree char *id = NULL;

      g_object_get (item, "name", &name, "id", &id, NULL);
      g_string_append_printf (known, "\n%s\n%s\n", name, id);
    }
}

SurveyData *
survey_data_new (StokerWorkspace *workspace, gboolean wants_marks)
{
  SurveyData *self = g_new0 (SurveyData, 1);
  g_autoptr (GString) known = g_string_new (NULL);

  add_resource_text (known, CATALOG_RESOURCE);
  add_resource_text (known, "/io/github/stokerapp/Stoker");
  add_names (known, stoker_workspace_get_providers (workspace));
  add_names (known, stoker_workspace_get_jobs (workspace));
  add_records (known, stoker_workspace_get_jobs (workspace));
  /* The title that the toolkit gives its window of shortcuts. */
  g_string_append (known, "\nShortcuts\n");
  /* The example of a folder's name among the preferences, and the file that is imported. */
  g_string_append (known, "\ncg-upscale 5f0c1a9e-7d2\nimport.json\n");
  /* Units of the toolkit's sizes of files. */
  g_string_append (known, " bytes kB MB GB ");
  self->wants_marks = wants_marks;
  self->known = g_string_free (g_steal_pointer (&known), FALSE);
  return self;
}

void
survey_data_free (SurveyData *self)
{
  g_free (self->known);
  g_free (self);
}

/* "StokerJobRow.box > GtkLabel “Portraits”", from the nearest class of ours. */
static char *
describe (GtkWidget *widget)
{
  g_autofree char *text = NULL;
  GtkWidget *owner = widget;

  while (owner != NULL && !g_str_has_prefix (G_OBJECT_TYPE_NAME (owner), "Stoker"))
    owner = gtk_widget_get_parent (owner);
  if (GTK_IS_LABEL (widget))
    text = g_strdup_printf (" “%s”", gtk_label_get_text (GTK_LABEL (widget)));
  else if (gtk_widget_get_tooltip_text (widget) != NULL)
    text = g_strdup_printf (" “%s”", gtk_widget_get_tooltip_text (widget));
  return g_strdup_printf ("%s > %s%s", owner != NULL ? G_OBJECT_TYPE_NAME (owner) : "window",
                          G_OBJECT_TYPE_NAME (widget), text != NULL ? text : "");
}

G_GNUC_PRINTF (3, 4)
static void
find (GPtrArray *findings, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *place = describe (widget);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (findings, g_strdup_printf ("%s: %s", place, what));
}

/* The toolkit's switcher of views shortens its own titles and has an icon beside each. */
static gboolean
has_tooltip_above (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_has_tooltip (widget) || ADW_IS_VIEW_SWITCHER (widget) ||
        ADW_IS_VIEW_SWITCHER_BAR (widget))
      return TRUE;
  return FALSE;
}

/* Cut text is all right where the whole of it can be had by pointing at it. */
static void
check_cut (GtkWidget *widget, GPtrArray *findings)
{
  if (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) &&
      !has_tooltip_above (widget))
    find (findings, widget, "is cut, and no tooltip has the rest");
}

static int
measure_width (GtkWidget *widget)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static GtkWidget *
find_widest_child (GtkWidget *parent)
{
  GtkWidget *widest = NULL;
  int width = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && !GTK_IS_NATIVE (child) && measure_width (child) > width)
      {
        widest = child;
        width = measure_width (child);
      }
  return widest;
}

void
survey_check_width (GtkWidget *window, int width, GPtrArray *findings)
{
  GtkWidget *culprit = window;
  GtkWidget *child = window;

  if (gtk_widget_get_width (window) <= width)
    return;
  /* Down to where the width is the sum of several things. */
  while (child != NULL && measure_width (child) > 3 * width / 4)
    {
      culprit = child;
      child = find_widest_child (child);
    }
  find (findings, culprit, "makes the window %d wide, needing %d of them",
        gtk_widget_get_width (window), measure_width (culprit));
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_TEXT (widget) || GTK_IS_SCALE (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_SPIN_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget);
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_widget_get_tooltip_text (widget) != NULL || has_text (widget) ||
         gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Parts of a control of the toolkit, such as the buttons of a spin button, go by its name. */
static gboolean
is_part_of_control (GtkWidget *widget)
{
  for (widget = gtk_widget_get_parent (widget); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    if (is_control (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_COLUMN_VIEW (widget))
      return TRUE;
  return FALSE;
}

static void
check_name (GtkWidget *widget, GPtrArray *findings)
{
  if (is_control (widget) && !is_part_of_control (widget) && !is_named (widget))
    find (findings, widget, "has no name");
}

static void
check_place (GtkWidget *widget, GPtrArray *findings)
{
  if (is_control (widget) &&
      (gtk_widget_get_width (widget) <= 0 || gtk_widget_get_height (widget) <= 0))
    find (findings, widget, "has no place");
}

/* Parts of the toolkit's own widgets, such as the handle of a scrollbar. */
static gboolean
is_internal (GtkWidget *widget)
{
  return g_str_has_suffix (G_OBJECT_TYPE_NAME (widget), "Gizmo");
}

static gboolean
is_in (GtkWidget *widget, GType type)
{
  return gtk_widget_get_ancestor (widget, type) != NULL;
}

/* What scrolls or overlays may be larger than what shows it; an entry row lays its two titles over
 * its text and shows one of them. */
static gboolean
clips (GtkWidget *parent)
{
  return GTK_IS_SCROLLABLE (parent) || GTK_IS_OVERLAY (parent) || GTK_IS_REVEALER (parent) ||
         GTK_IS_STACK (parent) || ADW_IS_LEAFLET (parent) || GTK_IS_TEXT (parent) ||
         GTK_IS_SCALE (parent) || GTK_IS_RANGE (parent) || GTK_IS_SPINNER (parent) ||
         GTK_IS_PROGRESS_BAR (parent) || is_in (parent, ADW_TYPE_ENTRY_ROW) ||
         GTK_IS_SWITCH (parent) || GTK_IS_NATIVE (parent);
}

static void
check_inside (GtkWidget *widget, GPtrArray *findings)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  float slack = GTK_IS_BUTTON (parent) ? BUTTON_PADDING : SLACK;
  graphene_rect_t bounds;

  if (parent == NULL || clips (parent) || is_internal (widget) ||
      gtk_widget_get_width (parent) <= 0 || !gtk_widget_compute_bounds (widget, parent, &bounds))
    return;
  if (bounds.origin.x < -slack ||
      bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (parent) + slack)
    find (findings, widget, "sticks out: from %.0f to %.0f of %d", (double) bounds.origin.x,
          (double) (bounds.origin.x + bounds.size.width), gtk_widget_get_width (parent));
}

static gboolean
overlaps (GtkWidget *a, GtkWidget *b, GtkWidget *parent)
{
  graphene_rect_t one;
  graphene_rect_t other;
  graphene_rect_t common;

  return gtk_widget_compute_bounds (a, parent, &one) &&
         gtk_widget_compute_bounds (b, parent, &other) &&
         graphene_rect_intersection (&one, &other, &common) && common.size.width > 2 * SLACK &&
         common.size.height > 2 * SLACK;
}

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget) &&
         (GTK_IS_LABEL (widget) || is_control (widget));
}

static void
check_overlap (GtkWidget *parent, GPtrArray *findings)
{
  if (clips (parent))
    return;
  for (GtkWidget *a = gtk_widget_get_first_child (parent); a != NULL;
       a = gtk_widget_get_next_sibling (a))
    for (GtkWidget *b = gtk_widget_get_next_sibling (a); b != NULL;
         b = gtk_widget_get_next_sibling (b))
      if (is_seen (a) && is_seen (b) && overlaps (a, b, parent))
        find (findings, a, "lies over its neighbour %s", G_OBJECT_TYPE_NAME (b));
}

static GtkWidget *
find_covered (GtkWidget *root, GtkWidget *cover, GtkWidget *parent)
{
  if (!gtk_widget_get_mapped (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (is_control (root) && overlaps (root, cover, parent))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_covered (child, cover, parent);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What lies over a page at rest takes the clicks that are meant for what is below it. */
static void
check_cover (GtkWidget *widget, GPtrArray *findings)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *covered = NULL;

  if (!GTK_IS_OVERLAY (parent) || widget == gtk_overlay_get_child (GTK_OVERLAY (parent)) ||
      !gtk_widget_get_can_target (widget))
    return;
  covered = find_covered (gtk_overlay_get_child (GTK_OVERLAY (parent)), widget, parent);
  if (covered != NULL)
    find (findings, widget, "covers %s", G_OBJECT_TYPE_NAME (covered));
}

static gboolean
has_letters (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalpha (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* Leaves of a text what is not marked, each piece on a line. */
static char *
take_marked_out (const char *text)
{
  GString *rest = g_string_new (NULL);
  int depth = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_str_has_prefix (c, OPENING_MARK))
        {
          depth++;
          g_string_append_c (rest, '\n');
        }
      else if (g_str_has_prefix (c, CLOSING_MARK))
        depth--;
      else if (depth == 0)
        g_string_append_unichar (rest, g_utf8_get_char (c));
    }
  return g_string_free (rest, FALSE);
}

/* What separates or ends without being a letter or a digit. */
static const char *
strip_punctuation (char *piece)
{
  const char *start = piece;

  while (*start != '\0' && !g_unichar_isalnum (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  g_strchomp (piece);
  return start;
}

static char **
split_pieces (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, MIDDLE_DOT, -1);
  g_autofree char *joined = g_strjoinv ("\n", parts);

  return g_strsplit_set (joined, SEPARATORS, -1);
}

static gboolean
is_path (const char *piece)
{
  return strchr (piece, '/') != NULL || strchr (piece, '@') != NULL;
}

/* A figure with a unit: what is left without digits is looked up. */
static const char *
skip_figure (const char *piece)
{
  while (*piece != '\0' && !g_unichar_isalpha (g_utf8_get_char (piece)))
    piece = g_utf8_next_char (piece);
  return piece;
}

/* libadwaita's own words, which are in its translations and not in ours. */
static gboolean
is_of_library (GtkWidget *widget, const char *text)
{
  static const char *const words[] = { "Legal", "Report an Issue", NULL };

  return gtk_widget_get_ancestor (widget, ADW_TYPE_ABOUT_WINDOW) != NULL &&
         g_strv_contains (words, text);
}

/* The one name of the catalog that is a word of the language. */
static void
check_local_name (GtkWidget *widget, const char *rest, GPtrArray *findings)
{
  if (strstr (rest, "This computer") != NULL)
    find (findings, widget, "the name of this computer is not translated");
}

static void
check_translated (GtkWidget *widget, SurveyData *data, GPtrArray *findings)
{
  g_autofree char *rest = take_marked_out (gtk_label_get_text (GTK_LABEL (widget)));
  g_auto (GStrv) pieces = NULL;

  check_local_name (widget, rest, findings);
  if (strstr (data->known, rest) != NULL || is_of_library (widget, rest))
    return;
  pieces = split_pieces (rest);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      const char *piece = strip_punctuation (pieces[i]);

      if (has_letters (piece) && !is_path (rest) && strstr (data->known, piece) == NULL &&
          strstr (data->known, skip_figure (piece)) == NULL)
        find (findings, widget, "“%s” is not translated", piece);
    }
}

/* In a row, words are said once; an entry row lays its two titles over each other. */
static void
collect_words (GtkWidget *widget, GHashTable *words, GPtrArray *findings)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && gtk_widget_get_child_visible (child) &&
        !is_control (child))
      {
        const char *text = GTK_IS_LABEL (child) ? gtk_label_get_text (GTK_LABEL (child)) : "";

        if (has_letters (text) && !g_hash_table_add (words, g_strdup (text)))
          find (findings, child, "is said twice in its row");
        collect_words (child, words, findings);
      }
}

static void
check_row (GtkWidget *row, GPtrArray *findings)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (GTK_IS_LIST_BOX_ROW (row) && !ADW_IS_ENTRY_ROW (row))
    collect_words (row, words, findings);
}

/* A page that does not want all the room there is has what it needs, as it would be given now. */
static void
check_leaflet (GtkWidget *leaflet, GPtrArray *findings)
{
  if (!ADW_IS_LEAFLET (leaflet) || adw_leaflet_get_folded (ADW_LEAFLET (leaflet)))
    return;
  for (GtkWidget *page = gtk_widget_get_first_child (leaflet); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    {
      int natural = 0;

      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      if (!is_internal (page) && !gtk_widget_compute_expand (page, GTK_ORIENTATION_HORIZONTAL) &&
          gtk_widget_get_width (page) > natural)
        find (findings, page, "is %d wide, wanting %d of them", gtk_widget_get_width (page),
              natural);
    }
}

static void
check_widget (GtkWidget *widget, SurveyData *data, GPtrArray *findings)
{
  check_row (widget, findings);
  check_leaflet (widget, findings);
  check_place (widget, findings);
  check_name (widget, findings);
  check_inside (widget, findings);
  check_overlap (widget, findings);
  check_cover (widget, findings);
  if (!GTK_IS_LABEL (widget))
    return;
  check_cut (widget, findings);
  /* A log is what a machine wrote. */
  if (data->wants_marks && !is_in (widget, ADW_TYPE_AVATAR) &&
      !is_in (widget, GTK_TYPE_SHORTCUT_LABEL) && !is_in (widget, STOKER_TYPE_LOG_ROW))
    check_translated (widget, data, findings);
}

void
survey_check_tree (GtkWidget *root, SurveyData *data, GPtrArray *findings)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && gtk_widget_get_child_visible (child))
      {
        check_widget (child, data, findings);
        survey_check_tree (child, data, findings);
      }
}
