/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * test-provider-prices ID…
 * What the shipped manifests say a request costs, and which ones they refuse, before anything is
 * sent, what they offer, and what a check tells: `prices`, `offers` and `checks` of the cases in
 * tests/connectors/providers.
 */

#include "config.h"

#include "provider-case.h"

#include "stoker-error.h"
#include "stoker-job-pricer.h"

#include <string.h>

static void
set_up (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;

  provider_case_begin (self, id, FALSE);
  provider_case_take_job (self, self->known);
}

static void
tear_down (gpointer data, gconstpointer id)
{
  provider_case_end (data);
}

static void
connect_to (ProviderCase *self)
{
  http_fixture_connect_case (&self->http, self->known,
                             json_object_get_object_member (self->known, "secrets"),
                             stoker_emulator_get_url (self->http.emulator));
}

/* With an entry's own payload and settings instead of the usual ones. */
static void
connect_for (ProviderCase *self, JsonObject *entry)
{
  JsonNode *own = json_object_get_member (entry, "config");
  JsonNode *usual = json_object_get_member (self->known, "config");
  g_autoptr (JsonNode) kept = json_node_copy (usual);

  if (own != NULL)
    json_object_set_member (self->known, "config", json_node_copy (own));
  connect_to (self);
  stoker_connection_describe (self->http.connection, json_object_get_member (entry, "described"));
  json_object_set_member (self->known, "config", g_steal_pointer (&kept));
  provider_case_take_payload (self, entry);
}

static void
test_entry (ProviderCase *self, JsonObject *entry)
{
  const char *wanted = json_object_get_string_member_with_default (entry, "cost", NULL);
  const char *refused = json_object_get_string_member_with_default (entry, "refused", NULL);
  StokerMoney cost = stoker_money_unknown ();
  StokerMoney expected = stoker_money_unknown ();
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;

  connect_for (self, entry);
  stoker_job_pricer_price (STOKER_JOB_PRICER (self->http.connector), self->http.connection,
                           &self->http.request, &cost, &error);
  shown = cost.is_known ? stoker_money_format_for_record (cost) : g_strdup ("not known");
  g_test_message ("%s", error != NULL ? error->message : shown);
  if (refused != NULL)
    {
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, refused));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (cost.is_known, ==, wanted != NULL);
  if (wanted != NULL)
    g_assert_true (stoker_money_parse (wanted, "USD", &expected, NULL));
  g_assert_cmpint (cost.nanos, ==, expected.nanos);
}

static void
test_prices (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  JsonArray *prices = json_object_get_array_member (self->known, "prices");

  g_assert_cmpuint (json_array_get_length (prices), >, 0);
  for (guint i = 0; i < json_array_get_length (prices); i++)
    test_entry (self, json_array_get_object_element (prices, i));
}

static const char *
describe (const StokerOffer *offer)
{
  if (offer->lacks_quota)
    return "quota";
  if (offer->is_available == STOKER_TRI_UNKNOWN)
    return "unknown";

  return offer->is_available == STOKER_TRI_YES ? "yes" : "no";
}

static const StokerOffer *
find_offer (StokerOfferTable *table, const char *id, const char *plan)
{
  for (guint i = 0; i < stoker_offer_table_get_length (table); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (table, i);

      if (g_strcmp0 (offer->offer_id, id) == 0 && g_str_equal (offer->plan->id, plan))
        return offer;
    }

  return NULL;
}

/* What is offered, and whether it can be had. */
static void
test_offers (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  JsonArray *offers = json_object_get_array_member (self->known, "offers");
  g_autoptr (StokerOfferTable) table = NULL;

  connect_to (self);
  table = http_fixture_list (&self->http);
  g_assert_no_error (self->http.error);
  g_assert_cmpuint (json_array_get_length (offers), >, 0);
  for (guint i = 0; i < json_array_get_length (offers); i++)
    {
      JsonObject *wanted = json_array_get_object_element (offers, i);
      const char *price = json_object_get_string_member_with_default (wanted, "price", NULL);
      StokerMoney expected = stoker_money_unknown ();
      const StokerOffer *offer = find_offer (table, json_object_get_string_member (wanted, "id"),
                                             json_object_get_string_member (wanted, "plan"));

      g_test_message ("%s, %s", json_object_get_string_member (wanted, "id"),
                      json_object_get_string_member (wanted, "plan"));
      g_assert_nonnull (offer);
      g_assert_cmpstr (describe (offer), ==,
                       json_object_get_string_member_with_default (wanted, "available", "unknown"));
      if (price == NULL)
        continue;
      g_assert_true (stoker_money_parse (price, "USD", &expected, NULL));
      g_assert_cmpint (offer->price.nanos, ==, expected.nanos);
    }
}

/* What a check says of quotas, buckets and the like. */
static void
test_checks (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  JsonArray *checks = json_object_get_array_member (self->known, "checks");

  for (guint i = 0; i < json_array_get_length (checks); i++)
    {
      JsonObject *entry = json_array_get_object_element (checks, i);
      const char *code = json_object_get_string_member_with_default (entry, "code", NULL);
      g_autoptr (StokerHealth) health = NULL;

      connect_for (self, entry);
      health = http_fixture_check (&self->http);
      g_assert_no_error (self->http.error);
      g_test_message ("%s", health->message);
      g_assert_nonnull (strstr (health->message, json_object_get_string_member (entry, "text")));
      g_assert_cmpint (health->is_ok, ==, code == NULL);
      if (code != NULL)
        g_assert_cmpstr (stoker_error_code_to_string (health->error_code), ==, code);
    }
}

/* A form can be made of them: those that apply without any input have a name and a label. */
static void
test_list (gpointer data, gconstpointer id)
{
  ProviderCase *self = data;
  g_autoptr (JsonNode) parameters = NULL;
  JsonArray *list = NULL;

  connect_to (self);
  parameters = stoker_job_pricer_list_parameters (STOKER_JOB_PRICER (self->http.connector),
                                                  self->http.connection);
  list = json_node_get_array (parameters);
  g_assert_cmpuint (json_array_get_length (list), >, 1);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *parameter = json_array_get_object_element (list, i);

      g_assert_nonnull (json_object_get_string_member (parameter, "name"));
      g_assert_nonnull (json_object_get_string_member (parameter, "label"));
    }
}

int
main (int argc, char **argv)
{
  static const ProviderTest tests[] = {
    { "prices", "prices", test_prices },
    { "list", "prices", test_list },
    { "offers", "offers", test_offers },
    { "checks", "checks", test_checks },
  };
  static const ProviderSuite suite = {
    "prices", sizeof (ProviderCase), set_up, tear_down, tests, G_N_ELEMENTS (tests),
  };

  return provider_case_run (argc, argv, &suite);
}
