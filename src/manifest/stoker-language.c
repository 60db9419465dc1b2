/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-answer.h"
#include "stoker-job.h"
#include "stoker-parameter.h"
#include "stoker-shape-private.h"
#include "stoker-value-rule.h"

/* The manifest language, word by word. README.md of this folder explains what it means. */

#define TEXT(NAME)                          \
  {                                         \
    .name = NAME, .type = STOKER_VALUE_TEXT \
  }
#define FLAG(NAME)                          \
  {                                         \
    .name = NAME, .type = STOKER_VALUE_FLAG \
  }
#define TEMPLATE(NAME)                          \
  {                                             \
    .name = NAME, .type = STOKER_VALUE_TEMPLATE \
  }
#define SECRET(NAME)                          \
  {                                           \
    .name = NAME, .type = STOKER_VALUE_SECRET \
  }
#define INTEGER(NAME, MIN, MAX)                                        \
  {                                                                    \
    .name = NAME, .type = STOKER_VALUE_INTEGER, .min = MIN, .max = MAX \
  }
#define NUMBER(NAME)                          \
  {                                           \
    .name = NAME, .type = STOKER_VALUE_NUMBER \
  }
#define PATH(NAME)                          \
  {                                         \
    .name = NAME, .type = STOKER_VALUE_PATH \
  }
#define PATHS(NAME)                                                          \
  {                                                                          \
    .name = NAME, .type = STOKER_VALUE_PATH, .form = STOKER_FORM_ONE_OR_LIST \
  }
#define TEXTS(NAME)                                                   \
  {                                                                   \
    .name = NAME, .type = STOKER_VALUE_TEXT, .form = STOKER_FORM_LIST \
  }
#define WORD(NAME, WORDS)                                   \
  {                                                         \
    .name = NAME, .type = STOKER_VALUE_WORD, .words = WORDS \
  }
#define OBJECT(NAME, SHAPE)                                      \
  {                                                              \
    .name = NAME, .type = STOKER_VALUE_OBJECT, .shape = &(SHAPE) \
  }
#define OBJECTS(NAME, SHAPE)                                                               \
  {                                                                                        \
    .name = NAME, .type = STOKER_VALUE_OBJECT, .form = STOKER_FORM_LIST, .shape = &(SHAPE) \
  }
#define MAP(NAME, TYPE)                                 \
  {                                                     \
    .name = NAME, .type = TYPE, .form = STOKER_FORM_MAP \
  }
#define TAKES(NAME)                                                                        \
  {                                                                                        \
    .name = NAME, .type = STOKER_VALUE_TAKE, .form = STOKER_FORM_MAP, .shape = &take_shape \
  }
#define CONDITIONS(NAME) MAP (NAME, STOKER_VALUE_CONDITION)
#define END      \
  {              \
    .name = NULL \
  }

const char *const stoker_operation_names[] = {
  "check",
  "offers",
  "submit",
  "poll",
  "cancel",
  "outputs",
  "find",
  "logs",
  "release",
  "machines.list",
  "machines.launch",
  "machines.stop",
  "machines.terminate",
  NULL,
};

static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

static const StokerMember condition_members[] = {
  { .name = "above", .type = STOKER_VALUE_TREE },
  { .name = "below", .type = STOKER_VALUE_TREE },
  { .name = "matches", .type = STOKER_VALUE_REGEX },
  { .name = "is", .type = STOKER_VALUE_TREE },
  END,
};
static const char *const condition_tests[] = { "above", "below", "matches", "is", NULL };
const StokerShape stoker_condition_shape = { condition_members, condition_tests, NULL };

static const char *const algorithms[] = { "RS256", "HS256", NULL };
static const StokerMember jwt_members[] = {
  { .name = "alg", .type = STOKER_VALUE_WORD, .is_required = TRUE, .words = algorithms },
  { .name = "claims", .type = STOKER_VALUE_BODY, .is_required = TRUE },
  { .name = "key", .type = STOKER_VALUE_SECRET, .is_required = TRUE },
  END,
};
static const StokerShape jwt_shape = { jwt_members, NULL, NULL };

static const StokerMember take_members[] = {
  PATHS ("path"),
  PATHS ("sum"),
  { .name = "value", .type = STOKER_VALUE_TREE },
  TEXT ("header"),
  OBJECT ("jwt", jwt_shape),
  FLAG ("all"),
  TEXT ("join"),
  { .name = "regex", .type = STOKER_VALUE_REGEX },
  MAP ("map", STOKER_VALUE_TEXT),
  WORD ("as", stoker_conversion_names),
  NUMBER ("add"),
  NUMBER ("min"),
  NUMBER ("max"),
  { .name = "default", .type = STOKER_VALUE_TREE },
  FLAG ("required"),
  END,
};
static const char *const take_sources[] = { "path", "sum", "value", "header", "jwt", NULL };
static const StokerShape take_shape = { take_members, take_sources, NULL };

static const StokerMember error_members[] = {
  { .name = "status", .type = STOKER_VALUE_STATUS, .form = STOKER_FORM_LIST },
  PATH ("path"),
  PATH ("missing"),
  { .name = "text", .type = STOKER_VALUE_REGEX },
  { .name = "code", .type = STOKER_VALUE_CODE, .is_required = TRUE },
  { .name = "message", .type = STOKER_VALUE_MESSAGE },
  TAKES ("take"),
  END,
};
static const StokerShape error_shape = { error_members, NULL, NULL };

static const StokerMember body_members[] = {
  { .name = "json", .type = STOKER_VALUE_BODY },
  { .name = "form", .type = STOKER_VALUE_BODY },
  { .name = "multipart", .type = STOKER_VALUE_BODY },
  { .name = "raw", .type = STOKER_VALUE_SECRET },
  TEXT ("type"),
  END,
};
static const char *const body_forms[] = { "json", "form", "multipart", "raw", NULL };
static const StokerShape body_shape = { body_members, body_forms, NULL };

static const StokerMember pages_members[] = {
  PATH ("next"), PATH ("cursor"), TEXT ("parameter"), INTEGER ("max", 1, 100), END,
};
static const char *const page_kinds[] = { "next", "cursor", NULL };
static const StokerShape pages_shape = { pages_members, page_kinds, NULL };

static const StokerShape step_shape;

static const char *const schemes[] = {
  "none", "bearer", "header", "basic", "sigv4", "token", NULL
};

/* What a scheme cannot do without. */
static gboolean
check_auth (const StokerJsonPlace *place, GError **error)
{
  static const char *const needs[][5] = {
    { "bearer", "token" },
    { "header", "name", "value" },
    { "basic", "user", "password" },
    { "token", "token", "steps" },
    { "sigv4", "service", "region", "access_key", "secret_key" },
  };
  const char *scheme = stoker_rule_get_text (place->node, "scheme");

  /* That of a step says only what is different. */
  if (scheme == NULL && g_strcmp0 (place->parent->name, "connector") != 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    for (guint n = 1;
         g_strcmp0 (needs[i][0], scheme) == 0 && n < G_N_ELEMENTS (needs[i]) && needs[i][n] != NULL;
         n++)
      {
        StokerJsonPlace member = stoker_json_member (place, needs[i][n]);

        if (stoker_json_is_present (&member))
          continue;
        stoker_json_set_error (error, &member, "is missing");
        return FALSE;
      }

  return TRUE;
}

static const StokerMember auth_members[] = {
  WORD ("scheme", schemes), FLAG ("optional"),
  SECRET ("token"),         TEXT ("name"),
  SECRET ("value"),         SECRET ("user"),
  SECRET ("password"),      OBJECTS ("steps", step_shape),
  TEMPLATE ("lifetime"),    TEXT ("prefix"),
  TEMPLATE ("service"),     TEMPLATE ("region"),
  SECRET ("access_key"),    SECRET ("secret_key"),
  SECRET ("session_token"), END,
};
static const StokerShape auth_shape = { auth_members, NULL, check_auth };

static const char *const ends[] = { "success", "end", NULL };
static const StokerMember each_members[] = {
  { .name = "name", .type = STOKER_VALUE_TEXT, .is_required = TRUE },
  PATH ("in"),
  { .name = "of", .type = STOKER_VALUE_TREE },
  WORD ("until", ends),
  { .name = "codes", .type = STOKER_VALUE_CODE, .form = STOKER_FORM_LIST },
  OBJECTS ("undo", step_shape),
  END,
};
static const char *const each_sources[] = { "in", "of", NULL };
static const StokerShape each_shape = { each_members, each_sources, NULL };

static const StokerMember wait_members[] = {
  { .name = "until", .type = STOKER_VALUE_CONDITION, .form = STOKER_FORM_MAP, .is_required = TRUE },
  INTEGER ("every_s", 1, 60),
  INTEGER ("limit_s", 1, 3600),
  END,
};
static const StokerShape wait_shape = { wait_members, NULL, NULL };

/* A step with others inside goes through them for each of something. */
static gboolean
check_step (const StokerJsonPlace *place, GError **error)
{
  JsonNode *step = place->node;
  gboolean has_each = stoker_rule_get (step, "each") != NULL;
  gboolean has_steps = stoker_rule_get (step, "steps") != NULL;

  if ((!has_steps || has_each) && !(has_steps && stoker_rule_get (step, "url") != NULL))
    return TRUE;

  stoker_json_set_error (error, place, "steps go with each, and without url");
  return FALSE;
}

static const StokerMember put_members[] = {
  { .name = "name", .type = STOKER_VALUE_TEMPLATE, .is_required = TRUE },
  { .name = "value", .type = STOKER_VALUE_TREE, .is_required = TRUE },
  END,
};
static const StokerShape put_shape = { put_members, NULL, NULL };

static const StokerMember step_members[] = {
  CONDITIONS ("when"),
  WORD ("method", methods),
  TEMPLATE ("url"),
  MAP ("headers", STOKER_VALUE_SECRET),
  MAP ("query", STOKER_VALUE_TEMPLATE),
  OBJECT ("body", body_shape),
  OBJECT ("auth", auth_shape),
  { .name = "success", .type = STOKER_VALUE_STATUS, .form = STOKER_FORM_LIST },
  WORD ("answer", stoker_answer_names),
  FLAG ("follow"),
  FLAG ("repeatable"),
  FLAG ("creates"),
  FLAG ("optional"),
  INTEGER ("timeout_s", 1, 3600),
  TAKES ("take"),
  OBJECT ("put", put_shape),
  OBJECTS ("errors", error_shape),
  OBJECT ("pages", pages_shape),
  OBJECT ("each", each_shape),
  OBJECTS ("steps", step_shape),
  OBJECT ("wait", wait_shape),
  END,
};
static const StokerShape step_shape = { step_members, NULL, check_step };

static const StokerShape record_shape;
static const StokerMember record_members[] = {
  PATH ("items"),
  { .name = "of", .type = STOKER_VALUE_TREE },
  FLAG ("body"),
  FLAG ("json"),
  TAKES ("fields"),
  CONDITIONS ("when"),
  OBJECT ("within", record_shape),
  FLAG ("search"),
  FLAG ("base64"),
  FLAG ("document"),
  END,
};
static const char *const record_sources[] = { "items", "of", "body", NULL };
static const StokerShape record_shape = { record_members, record_sources, NULL };

static const StokerMember parameter_members[] = {
  { .name = "name", .type = STOKER_VALUE_TEXT, .is_required = TRUE },
  { .name = "type",
    .type = STOKER_VALUE_WORD,
    .is_required = TRUE,
    .words = stoker_parameter_type_names },
  CONDITIONS ("when"),
  TEXT ("label"),
  TEXT ("note"),
  NUMBER ("min"),
  NUMBER ("max"),
  NUMBER ("multiple_of"),
  { .name = "choices", .type = STOKER_VALUE_TREE, .form = STOKER_FORM_LIST },
  { .name = "default", .type = STOKER_VALUE_TREE },
  FLAG ("required"),
  { .name = "pattern", .type = STOKER_VALUE_REGEX },
  INTEGER ("max_length", 1, 10000000),
  END,
};
static const StokerShape parameter_shape = { parameter_members, NULL, NULL };

static const StokerMember cost_members[] = {
  CONDITIONS ("when"),
  { .name = "amount", .type = STOKER_VALUE_MONEY, .is_required = TRUE },
  TEXT ("currency"),
  TEXT ("per"),
  { .name = "times", .type = STOKER_VALUE_TEXT, .form = STOKER_FORM_ONE_OR_LIST },
  FLAG ("extra"),
  FLAG ("round_up"),
  TEXT ("source"),
  TEXT ("as_of"),
  END,
};
static const StokerShape cost_shape = { cost_members, NULL, NULL };

static gboolean
check_steps (const StokerJsonPlace *place, GError **error)
{
  if (stoker_rule_count (stoker_rule_get (place->node, "steps")) > 0)
    return TRUE;

  stoker_json_set_error (error, place, "expected at least one step");
  return FALSE;
}

static const StokerMember need_members[] = {
  { .name = "name", .type = STOKER_VALUE_TEXT, .is_required = TRUE },
  CONDITIONS ("when"),
  END,
};
static const StokerShape need_shape = { need_members, NULL, NULL };

static const StokerMember operation_members[] = {
  { .name = "needs", .type = STOKER_VALUE_NEED, .form = STOKER_FORM_LIST, .shape = &need_shape },
  OBJECTS ("steps", step_shape),
  TEXTS ("keep"),
  OBJECTS ("records", record_shape),
  OBJECTS ("errors", error_shape),
  OBJECTS ("parameters", parameter_shape),
  OBJECTS ("cost", cost_shape),
  TEXT ("source"),
  TEXT ("as_of"),
  TEXT ("label"),
  END,
};
static const StokerShape operation_shape = { operation_members, NULL, check_steps };

static const StokerMember tls_members[] = {
  SECRET ("ca"),
  SECRET ("certificate"),
  SECRET ("key"),
  END,
};
static const StokerShape tls_shape = { tls_members, NULL, NULL };

static const StokerMember limits_members[] = {
  INTEGER ("requests", 0, 1000000),
  INTEGER ("per_s", 1, 86400),
  INTEGER ("timeout_s", 1, 3600),
  { .name = "payload_mb", .type = STOKER_VALUE_NUMBER, .min = 0, .max = 100000 },
  INTEGER ("output_mb", 1, 100 * 1024),
  INTEGER ("poll_s", 1, 3600),
  END,
};
static const StokerShape limits_shape = { limits_members, NULL, NULL };

static const StokerMember state_members[] = {
  CONDITIONS ("when"),
  { .name = "state",
    .type = STOKER_VALUE_WORD,
    .is_required = TRUE,
    .words = stoker_job_state_names },
  TEMPLATE ("stage"),
  TEMPLATE ("message"),
  { .name = "code", .type = STOKER_VALUE_CODE },
  END,
};
static const StokerShape state_shape = { state_members, NULL, NULL };

/* A whole domain such as `com` is nobody's own. */
static gboolean
check_trusted (const StokerJsonPlace *place, GError **error)
{
  JsonNode *trusted = stoker_rule_get (place->node, "trusted");

  for (guint i = 0; i < stoker_rule_count (trusted); i++)
    {
      const char *domain = json_node_get_string (stoker_rule_nth (trusted, i));

      if (g_regex_match_simple ("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", domain, G_REGEX_DOLLAR_ENDONLY, 0))
        continue;
      stoker_json_set_error (error, place, "trusted: \"%s\" is no name such as api.example.com",
                             domain);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_whole (const StokerJsonPlace *place, GError **error)
{
  StokerJsonPlace bases = stoker_json_member (place, "bases");
  StokerJsonPlace operations = stoker_json_member (place, "operations");
  StokerJsonPlace unsupported = stoker_json_member (place, "unsupported");
  g_auto (GStrv) names = stoker_json_list_members (&bases);
  g_auto (GStrv) unsupported_names = stoker_json_list_members (&unsupported);

  if (names[0] == NULL)
    {
      stoker_json_set_error (error, &bases, "expected at least one address");
      return FALSE;
    }
  for (guint i = 0; unsupported_names[i] != NULL; i++)
    if (!g_strv_contains (stoker_operation_names, unsupported_names[i]))
      {
        stoker_json_set_error (error, &unsupported, "no operation is called \"%s\"",
                               unsupported_names[i]);
        return FALSE;
      }

  return check_trusted (place, error) &&
         stoker_json_expect_known_members (&operations, stoker_operation_names, error);
}

static const StokerMember callback_members[] = {
  { .name = "at", .type = STOKER_VALUE_TEXT, .is_required = TRUE },
  TEXT ("note"),
  TEXT ("source"),
  TEXT ("as_of"),
  END,
};
static const StokerShape callback_shape = { callback_members, NULL, NULL };

static const StokerMember manifest_members[] = {
  { .name = "class", .type = STOKER_VALUE_TEXT, .is_required = TRUE },
  TEXTS ("plans"),
  { .name = "bases", .type = STOKER_VALUE_TEMPLATE, .form = STOKER_FORM_MAP, .is_required = TRUE },
  TEXTS ("trusted"),
  { .name = "auth", .type = STOKER_VALUE_OBJECT, .is_required = TRUE, .shape = &auth_shape },
  OBJECT ("tls", tls_shape),
  OBJECT ("limits", limits_shape),
  OBJECT ("callback", callback_shape),
  PATHS ("error_text"),
  OBJECTS ("errors", error_shape),
  OBJECTS ("states", state_shape),
  MAP ("unsupported", STOKER_VALUE_TEMPLATE),
  { .name = "actions",
    .type = STOKER_VALUE_OBJECT,
    .form = STOKER_FORM_MAP,
    .shape = &operation_shape },
  { .name = "operations",
    .type = STOKER_VALUE_OBJECT,
    .form = STOKER_FORM_MAP,
    .is_required = TRUE,
    .shape = &operation_shape },
  END,
};
const StokerShape stoker_manifest_shape = { manifest_members, NULL, check_whole };
