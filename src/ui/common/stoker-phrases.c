/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-phrases.h"

#include "stoker-error.h"
#include "stoker-estimate.h"
#include "stoker-wait-phrases.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *id;
  const char *text;
} Phrase;

static const Phrase field_labels[] = {
  { "access_key", N_ ("Access Key ID") },
  { "account", N_ ("Account") },
  { "api_key", N_ ("API Key") },
  { "api_token", N_ ("API Token") },
  { "api_url", N_ ("API Address") },
  { "bucket", N_ ("Storage Bucket") },
  { "ca_certificate", N_ ("CA Certificate") },
  { "ca_data", N_ ("Cluster Certificate (Base64)") },
  { "client_certificate", N_ ("Client Certificate") },
  { "client_id", N_ ("Client ID") },
  { "client_key", N_ ("Client Key") },
  { "client_secret", N_ ("Client Secret") },
  { "context", N_ ("Context") },
  { "deployment", N_ ("Deployment") },
  { "interface", N_ ("Interface") },
  { "endpoint", N_ ("Address") },
  { "endpoint_id", N_ ("Endpoint ID") },
  { "endpoint_name", N_ ("Endpoint Name") },
  { "endpoint_url", N_ ("Endpoint Address") },
  { "environment_id", N_ ("Environment ID") },
  { "hostname", N_ ("Host Name") },
  { "hub_url", N_ ("Address of the Hub") },
  { "image_id", N_ ("Machine Image ID") },
  { "identity_id", N_ ("Identity of the Machine") },
  { "image_pull_secret", N_ ("Image Pull Secret") },
  { "instance_profile", N_ ("Instance Profile") },
  { "jobs_url", N_ ("Address for Jobs") },
  { "key_name", N_ ("Key Pair Name") },
  { "kubeconfig", N_ ("Kubeconfig File") },
  { "logs_url", N_ ("Address for Logs") },
  { "machine_id", N_ ("Machine ID") },
  { "machine_key", N_ ("Key for the Machine") },
  { "min_vram_gb", N_ ("VRAM at Least (GB)") },
  { "model", N_ ("Model") },
  { "namespace", N_ ("Namespace") },
  { "nfs_mount", N_ ("Shared Folder") },
  { "organization_id", N_ ("Organization ID") },
  { "partition", N_ ("Partition") },
  { "price_ceiling", N_ ("Highest Price per Hour") },
  { "prices_url", N_ ("Address for Prices") },
  { "project", N_ ("Project") },
  { "project_id", N_ ("Project ID") },
  { "proxy_key", N_ ("Proxy Key") },
  { "proxy_secret", N_ ("Proxy Secret") },
  { "proxy_url", N_ ("Address of the Proxy") },
  { "region", N_ ("Region") },
  { "reliability", N_ ("Reliability at Least (0 to 1)") },
  { "report_url", N_ ("Address for Reports") },
  { "resource_group", N_ ("Resource Group") },
  { "role_arn", N_ ("Role ARN") },
  { "secret_key", N_ ("Secret Access Key") },
  { "security_group_id", N_ ("Security Group ID") },
  { "service_account", N_ ("Service Account") },
  { "service_account_json", N_ ("Service Account File") },
  { "session_token", N_ ("Session Token") },
  { "ssh_key_name", N_ ("SSH Key Name") },
  { "ssh_key_path", N_ ("SSH Key File") },
  { "ssh_public_key", N_ ("Public SSH Key") },
  { "storage_url", N_ ("Address for Storage") },
  { "subnet_id", N_ ("Subnet ID") },
  { "subscription_id", N_ ("Subscription ID") },
  { "task", N_ ("Task") },
  { "template_id", N_ ("Template ID") },
  { "tenant_id", N_ ("Tenant ID") },
  { "through_url", N_ ("Gateway Address") },
  { "token_id", N_ ("Token ID") },
  { "token_secret", N_ ("Token Secret") },
  { "token_url", N_ ("Address for Tokens") },
  { "username", N_ ("User Name") },
  { "zone", N_ ("Zone") },
};

static const Phrase tags[] = {
  { "gpu-cloud", N_ ("GPU Clouds") },
  { "serverless", N_ ("Serverless") },
  { "image", N_ ("Image") },
  { "video", N_ ("Video") },
  { "own-hardware", N_ ("Own Hardware") },
  { "no-account", N_ ("No Account Needed") },
};

static const Phrase residencies[] = {
  { "eu", N_ ("the EU") },
  { "us", N_ ("the US") },
  { "uk", N_ ("the UK") },
  { "ca", N_ ("Canada") },
  { "ap", N_ ("Asia-Pacific") },
  { "au", N_ ("Australia") },
  { "jp", N_ ("Japan") },
  { "me", N_ ("the Middle East") },
  { "sa", N_ ("South America") },
  { "af", N_ ("Africa") },
  { "on-prem", N_ ("your own premises") },
};

static const Phrase residency_titles[] = {
  { "eu", N_ ("European Union") },
  { "us", N_ ("United States") },
  { "uk", N_ ("United Kingdom") },
  { "ca", N_ ("Canada") },
  { "ap", N_ ("Asia-Pacific") },
  { "au", N_ ("Australia") },
  { "jp", N_ ("Japan") },
  { "me", N_ ("Middle East") },
  { "sa", N_ ("South America") },
  { "af", N_ ("Africa") },
  { "on-prem", N_ ("Your Own Premises") },
};

static const char *
look_up (const Phrase *phrases, gsize n_phrases, const char *id)
{
  for (gsize i = 0; i < n_phrases; i++)
    if (g_strcmp0 (phrases[i].id, id) == 0)
      return g_dgettext (GETTEXT_PACKAGE, phrases[i].text);
  return NULL;
}

static char *
title_from_id (const char *id)
{
  char *title = g_strdup (id);
  gboolean starts_word = TRUE;

  for (char *c = title; *c != '\0'; c++)
    {
      if (*c == '_' || *c == '-')
        *c = ' ';
      if (starts_word)
        *c = g_ascii_toupper (*c);
      starts_word = *c == ' ';
    }
  return title;
}

/**
 * stoker_phrase_kind:
 * @kind: kind of a profile
 *
 * Returns: (transfer none): what people call such a provider
 */
const char *
stoker_phrase_kind (StokerKind kind)
{
  switch (kind)
    {
    case STOKER_KIND_GPU:
      return _ ("GPU cloud");
    case STOKER_KIND_IMAGE:
      return _ ("Image service");
    case STOKER_KIND_VIDEO:
      return _ ("Video service");
    case STOKER_KIND_LOCAL:
      return _ ("Own hardware");
    case STOKER_KIND_CLUSTER:
      return _ ("Cluster");
    default:
      return _ ("Provider");
    }
}

/**
 * stoker_phrase_tag:
 * @tag: a tag of the catalog
 *
 * Returns: (transfer none) (nullable): the text of its chip, or %NULL when the tag has none
 */
const char *
stoker_phrase_tag (const char *tag)
{
  return look_up (tags, G_N_ELEMENTS (tags), tag);
}

/**
 * stoker_phrase_field_label:
 * @field_id: id of an auth field
 *
 * A field nobody translated yet is named after its id, so that a user's own catalog file reads well
 * too.
 *
 * Returns: (transfer full): the label of its row
 */
char *
stoker_phrase_field_label (const char *field_id)
{
  const char *label = look_up (field_labels, G_N_ELEMENTS (field_labels), field_id);

  return label != NULL ? g_strdup (label) : title_from_id (field_id);
}

/**
 * stoker_phrase_residency:
 * @tag: (nullable): residency tag of a region
 *
 * Returns: (transfer full): the place, as in "stays in the EU"; %NULL when it is not known
 */
char *
stoker_phrase_residency (const char *tag)
{
  return g_strdup (look_up (residencies, G_N_ELEMENTS (residencies), tag));
}

/**
 * stoker_phrase_residency_title:
 * @tag: (nullable): residency tag of a region
 *
 * Returns: (transfer none): the place as the title of a list of regions
 */
const char *
stoker_phrase_residency_title (const char *tag)
{
  const char *title = look_up (residency_titles, G_N_ELEMENTS (residency_titles), tag);

  return title != NULL ? title : _ ("Residency Not Confirmed");
}

/**
 * stoker_phrase_item:
 * @item_kind: a #StokerItemKind
 *
 * Returns: (transfer none): the name of a kind of cost, for the legend
 */
const char *
stoker_phrase_item (int item_kind)
{
  static const char *const names[STOKER_N_ITEMS] = {
    N_ ("Compute"), N_ ("Start-up"), N_ ("Idle"), N_ ("Storage"), N_ ("Transfer"), N_ ("Redo"),
  };

  g_return_val_if_fail (item_kind >= 0 && item_kind < STOKER_N_ITEMS, "");

  return g_dgettext (GETTEXT_PACKAGE, names[item_kind]);
}

/**
 * stoker_phrase_sentence:
 * @message: message of an error
 *
 * Errors begin in lower case, because they are put after other words. Shown alone they read better
 * as a sentence.
 *
 * Returns: (transfer full): the message with a capital
 */
char *
stoker_phrase_sentence (const char *message)
{
  gunichar first = g_utf8_get_char (message);
  char capital[8] = { 0 };

  if (*message == '\0')
    return g_strdup ("");
  g_unichar_to_utf8 (g_unichar_toupper (first), capital);
  return g_strconcat (capital, g_utf8_next_char (message), NULL);
}

/**
 * stoker_phrase_money:
 * @money: an amount
 *
 * Returns: (transfer full): "$0.45", or the word "unknown"
 */
char *
stoker_phrase_money (StokerMoney money)
{
  return money.is_known ? stoker_money_format (money) : g_strdup (_ ("unknown"));
}

/**
 * stoker_phrase_estimate:
 * @estimate: (nullable): an estimate
 *
 * Returns: (transfer full): "$0.45", "$0.45 or more" when something in it could not be priced, or
 * "unknown"
 */
char *
stoker_phrase_estimate (const StokerEstimate *estimate)
{
  g_autofree char *total = NULL;

  if (estimate == NULL || !estimate->total.is_known)
    return g_strdup (_ ("unknown"));
  total = stoker_phrase_money (estimate->total);
  return estimate->is_complete ? g_steal_pointer (&total)
                               : g_strdup_printf (_ ("%s or more"), total);
}

/**
 * stoker_phrase_about:
 * @money: an estimate
 *
 * Returns: (transfer full): "about $0.45", "free" or "cost unknown"
 */
char *
stoker_phrase_about (StokerMoney money)
{
  g_autofree char *text = NULL;

  if (!money.is_known)
    return g_strdup (_ ("cost unknown"));
  if (money.nanos == 0)
    return g_strdup (_ ("no charge"));
  text = stoker_money_format (money);
  return g_strdup_printf (_ ("about %s"), text);
}

/**
 * stoker_phrase_unit:
 * @unit: what a price is for
 *
 * Returns: (transfer none): the part after the amount, such as "/h"
 */
const char *
stoker_phrase_unit (StokerUnit unit)
{
  static const char *const names[] = {
    [STOKER_UNIT_SECOND] = N_ ("/s"),
    [STOKER_UNIT_MINUTE] = N_ ("/min"),
    [STOKER_UNIT_HOUR] = N_ ("/h"),
    [STOKER_UNIT_GB] = N_ ("/GB"),
    [STOKER_UNIT_GB_MONTH] = N_ ("/GB a month"),
    [STOKER_UNIT_IMAGE] = N_ ("/image"),
    [STOKER_UNIT_MEGAPIXEL] = N_ ("/megapixel"),
    [STOKER_UNIT_VIDEO_SECOND] = N_ ("/s of video"),
    [STOKER_UNIT_VIDEO] = N_ ("/video"),
    [STOKER_UNIT_REQUEST] = N_ ("/request"),
    [STOKER_UNIT_MONTH] = N_ ("/month"),
  };

  g_return_val_if_fail ((gsize) unit < G_N_ELEMENTS (names), "");

  return g_dgettext (GETTEXT_PACKAGE, names[unit]);
}

/**
 * stoker_phrase_price:
 * @price: a price
 *
 * Returns: (transfer full): "$0.34/h", "free" or "price unknown"
 */
char *
stoker_phrase_price (const StokerPrice *price)
{
  g_autofree char *amount = NULL;

  if (!price->amount.is_known)
    return g_strdup (_ ("price unknown"));
  if (price->amount.nanos == 0)
    return g_strdup (_ ("free"));
  amount = stoker_money_format (price->amount);
  return g_strconcat (amount, stoker_phrase_unit (price->unit), NULL);
}

/**
 * stoker_phrase_dated_price:
 * @price: a price
 * @now_us: the present
 *
 * Returns: (transfer full): the price with its age, "$0.34/h, 4 days old"; a free or unknown one
 * goes without
 */
char *
stoker_phrase_dated_price (const StokerPrice *price, gint64 now_us)
{
  g_autofree char *text = stoker_phrase_price (price);
  g_autofree char *age = NULL;

  if (!price->amount.is_known || price->amount.nanos == 0 || price->fact.as_of_us == 0)
    return g_steal_pointer (&text);
  age = stoker_phrase_age (price->fact.as_of_us, now_us);
  return g_strdup_printf ("%s, %s", text, age);
}

/**
 * stoker_phrase_age:
 * @then_us: when something was true
 * @now_us: the present
 *
 * Facts of the catalog carry a date and no time, so that nothing of it is younger than "as of
 * today". What was asked of a provider has a time, and is told by the minute on its first day.
 *
 * Returns: (transfer full): "4 days old", "5 min ago", or "age unknown"
 */
char *
stoker_phrase_age (gint64 then_us, gint64 now_us)
{
  gint64 days = (now_us - then_us) / G_TIME_SPAN_DAY;
  gint64 months = days / 30;

  if (then_us == 0)
    return g_strdup (_ ("age unknown"));
  if (days < 1 && then_us % G_TIME_SPAN_DAY != 0)
    return stoker_phrase_ago (then_us, now_us);
  if (days < 1)
    return g_strdup (_ ("as of today"));
  if (days < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day old", "%d days old",
                                         (gulong) days),
                            (int) days);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month old", "%d months old",
                                       (gulong) months),
                          (int) months);
}

/**
 * stoker_phrase_fact:
 * @source: (nullable): where a figure was read
 * @as_of_us: when, 0 when not told
 * @now_us: the present
 *
 * Returns: (transfer full): "lambda.ai/pricing · 4 days old"
 */
char *
stoker_phrase_fact (const char *source, gint64 as_of_us, gint64 now_us)
{
  g_autofree char *age = stoker_phrase_age (as_of_us, now_us);

  return g_strdup_printf ("%s · %s", source != NULL ? source : _ ("source unknown"), age);
}

/**
 * stoker_phrase_ago:
 * @then_us: when something happened
 * @now_us: the present
 *
 * Returns: (transfer full): "3 min ago", or "just now" in the first minute
 */
char *
stoker_phrase_ago (gint64 then_us, gint64 now_us)
{
  gint64 seconds = (now_us - then_us) / G_USEC_PER_SEC;
  g_autofree char *duration = NULL;

  if (seconds < 60)
    return g_strdup (_ ("just now"));
  duration = stoker_duration_format (seconds < 3600 ? seconds - seconds % 60
                                                    : seconds - seconds % 3600);
  return g_strdup_printf (_ ("%s ago"), duration);
}

/**
 * stoker_phrase_duration:
 * @seconds: a duration; negative is unknown
 *
 * Returns: (transfer full): "3 min", or the word "unknown"
 */
char *
stoker_phrase_duration (gint64 seconds)
{
  return seconds < 0 ? g_strdup (_ ("unknown")) : stoker_duration_format (seconds);
}

/**
 * stoker_phrase_bytes:
 * @bytes: a size; negative is unknown
 *
 * Returns: (transfer full): "2.4 MB", or the words "size unknown"
 */
char *
stoker_phrase_bytes (gint64 bytes)
{
  return bytes < 0 ? g_strdup (_ ("size unknown")) : g_format_size ((guint64) bytes);
}

static char *
describe_increment (const StokerBilling *billing)
{
  g_autofree char *step = NULL;

  if (billing->increment_s < 0)
    return g_strdup (_ ("billing step unknown"));
  if (billing->increment_s <= 1)
    return g_strdup (_ ("billed by the second"));
  if (billing->increment_s == 60)
    return g_strdup (_ ("billed by the minute"));
  if (billing->increment_s == 3600)
    return g_strdup (_ ("billed by the hour"));
  step = stoker_duration_format (billing->increment_s);
  return g_strdup_printf (_ ("billed in steps of %s"), step);
}

/**
 * stoker_phrase_billing:
 * @plan: a plan
 *
 * Returns: (transfer full): how it is billed and how long it takes to start, in one line
 */
char *
stoker_phrase_billing (const StokerPlan *plan)
{
  g_autofree char *step = NULL;
  g_autofree char *start = NULL;

  if (plan->kind == STOKER_PLAN_OWN)
    return g_strdup (_ ("no rent"));
  step = plan->kind == STOKER_PLAN_PER_OUTPUT ? g_strdup (_ ("billed by the output"))
                                              : describe_increment (&plan->billing);
  if (!plan->cold_start.is_known)
    return g_steal_pointer (&step);
  start = stoker_duration_format (plan->cold_start.p50_s);
  return g_strdup_printf (_ ("%s · ready in %s"), step, start);
}

/**
 * stoker_phrase_health:
 * @health: (nullable): the last check, or %NULL when there was none
 *
 * Returns: (transfer full): a few words for beside the dot
 */
char *
stoker_phrase_health (const StokerHealth *health)
{
  g_autofree char *clock = NULL;

  if (health == NULL)
    return g_strdup (_ ("Not checked"));
  if (!health->is_ok)
    switch (health->error_code)
      {
      case STOKER_ERROR_AUTH:
        return g_strdup (_ ("Key rejected"));
      case STOKER_ERROR_FORBIDDEN:
        return g_strdup (_ ("Not permitted"));
      case STOKER_ERROR_QUOTA:
        return g_strdup (_ ("Out of credit"));
      case STOKER_ERROR_CONFIG:
        return g_strdup (_ ("Set-up incomplete"));
      case STOKER_ERROR_UNAVAILABLE:
        return g_strdup (_ ("Not reachable"));
      case STOKER_ERROR_RATE_LIMITED:
        clock = stoker_phrase_clock_ahead (health->retry_at_us, health->checked_us);
        return clock != NULL ? g_strdup_printf (_ ("Too many requests, wait until %s"), clock)
                             : g_strdup (_ ("Too many requests"));
      default:
        return g_strdup (_ ("Check failed"));
      }
  if (health->latency_us >= 0)
    return g_strdup_printf (_ ("Working · %d ms"), (int) (health->latency_us / 1000));
  return g_strdup (_ ("Working"));
}

/**
 * stoker_phrase_health_class:
 * @health: (nullable): the last check
 *
 * Returns: (transfer none): style class of the dot
 */
const char *
stoker_phrase_health_class (const StokerHealth *health)
{
  if (health == NULL)
    return "dim-label";
  if (health->is_ok)
    return "success";
  return health->error_code == STOKER_ERROR_UNAVAILABLE ||
             health->error_code == STOKER_ERROR_RATE_LIMITED
           ? "warning"
           : "error";
}
