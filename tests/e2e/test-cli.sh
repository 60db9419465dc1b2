#!/bin/bash
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line, as far as it sends nothing: advice, comparison, offers, catalog, registry, dry runs, exit statuses.
set -u
# shellcheck source=tests/e2e/lib.sh
. "$1/tests/e2e/lib.sh"
e2e_start "$@"
[ -x "$E2E_STOKER" ] || e2e_skip "the program stoker is not built"

DATA=$E2E_SOURCE/tests/data
BATCH=$DATA/workload-cg-batch.json
WORKLOAD_KEYS='{"choice","provider","estimated_cost","reason","remote_candidate","candidates","rejected","analysis","job_summary"}'
CANDIDATE_KEYS='{"id","name","service","offer","policy_hint","estimate","warnings"}'
LISTING_KEYS='{"id","name","kind","status","plans","auth_fields","operations","proved","last_checked"}'

# says EXPRESSION COMMAND…: the command prints JSON for which the Python expression over `it` is true, and nothing on standard error.
says ()
{
  local expression=$1 answer
  shift
  "$@" >"$E2E_TMP/out" 2>"$E2E_TMP/err" || { cat "$E2E_TMP/err"; return 1; }
  [ ! -s "$E2E_TMP/err" ] || { cat "$E2E_TMP/err"; return 1; }
  answer=$(json_value "bool($expression)" <"$E2E_TMP/out") || { head -c 2000 "$E2E_TMP/out"; return 1; }
  [ "$answer" = True ] || { echo "not so: $expression"; head -c 2000 "$E2E_TMP/out"; return 1; }
}

# fails STATUS TEXT COMMAND…: exit status, one line on standard error that holds the text, nothing on standard output.
fails ()
{
  local wanted=$1 text=$2
  shift 2
  "$@" >"$E2E_TMP/out" 2>"$E2E_TMP/err" </dev/null
  local status=$?
  cat "$E2E_TMP/err"
  [ "$status" -eq "$wanted" ] || { echo "exit status $status, not $wanted"; return 1; }
  [ ! -s "$E2E_TMP/out" ] || { echo "on standard output:"; cat "$E2E_TMP/out"; return 1; }
  [ "$(wc -l <"$E2E_TMP/err")" -eq 1 ] || { echo "not one line"; return 1; }
  grep -qF -- "$text" "$E2E_TMP/err"
}

# How the network is taken away: it depends on what the kernel lets us do here.
if unshare --net true 2>/dev/null; then
  WITHOUT_NETWORK=(unshare --net)
elif unshare --net --map-root-user true 2>/dev/null; then
  WITHOUT_NETWORK=(unshare --net --map-root-user)
else
  WITHOUT_NETWORK=()
  echo "# the network cannot be taken away here; the bus and the display are" >&2
fi

# alone COMMAND…: without a bus, a display, a keyring or a network.
alone ()
{
  env -u DISPLAY -u WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS="unix:path=$E2E_TMP/none" XDG_RUNTIME_DIR="$E2E_TMP/none" \
    "${WITHOUT_NETWORK[@]}" "$@"
}

check "it tells its version" prints "stoker " stoker --version
check "help lists the verbs" prints "stoker providers import-secrets FILE" stoker --help
check "help tells the options of a verb" prints "--outputs-per-month" stoker compare --help
check "a window needs a display" fails 1 "there is no display" stoker
check "help tells the actions of a verb" prints "stoker jobs cancel" stoker jobs --help

check "advice has the form of the design" says "$WORKLOAD_KEYS <= set(it)" stoker advise "$BATCH" --json
check "the choice is one of three" says 'it["choice"] in ("gpu", "remote", "cpu")' stoker advise "$BATCH" --json
check "the candidate has the form of the design" says "$CANDIDATE_KEYS <= set(it['remote_candidate'])" stoker advise "$BATCH" --json
check "a machine without 24 GB goes elsewhere" says \
  'it["choice"] == "remote" and it["provider"] == it["remote_candidate"]["id"] and it["estimated_cost"].startswith("$")' \
  stoker advise "$BATCH" --json
check "the reason is a sentence" says 'len(it["reason"]) > 10' stoker advise "$BATCH" --json
check "the candidates have enough memory" says \
  'it["candidates"] and all(c["offer"]["vram_gb"] >= 23.5 for c in it["candidates"] if c["offer"]["vram_gb"])' \
  stoker advise "$BATCH" --json --limit 0
check "the limit holds" says 'len(it["candidates"]) == 2' stoker advise "$BATCH" --json --limit 2
check "the text begins with where and how much" prints "Run it on " stoker advise "$BATCH"
check "the text explains the others" prints "not chosen" stoker advise "$BATCH" --explain
check "the same question has the same answer" bash -c '
  diff <("$0" advise "$1" --json --mode speed | sed "/age\|made_at/d") <("$0" advise "$1" --json --mode speed | sed "/age\|made_at/d")' \
  "$E2E_STOKER" "$BATCH"
check "advice needs nothing but itself" alone "$E2E_STOKER" advise "$BATCH"
check "nor does the catalog" alone "$E2E_STOKER" catalog list

check "the comparison is text" prints "1,000 a month" stoker compare "$DATA/workload-images.json" --outputs-per-month 1000
check "the comparison is JSON" says 'it' stoker compare "$DATA/workload-images.json" --outputs-per-month 1000 --json
check "the comparison is CSV" prints "," stoker compare "$DATA/workload-images.json" --outputs-per-month 1000 --csv

check "a chart is drawn without a display" alone "$E2E_STOKER" compare "$DATA/workload-images.json" --svg "$E2E_TMP/chart.svg"
check "it is SVG" xmllint --noout "$E2E_TMP/chart.svg"
check "it is the one of costs" grep -q "<title>Cost" "$E2E_TMP/chart.svg"
check "another one can be asked for" prints "$E2E_TMP/volume.svg" \
  stoker compare "$DATA/workload-images.json" --svg "$E2E_TMP/volume.svg" --chart volume --outputs-per-month 4321
check "it tells the volume that was asked for" grep -q "4,\?321" "$E2E_TMP/volume.svg"
mkdir "$E2E_TMP/charts"
check "a folder gets all charts" stoker compare "$DATA/workload-images.json" --svg "$E2E_TMP/charts"
check "all are SVG" bash -c 'xmllint --noout "$0"/*.svg && [ "$(ls "$0" | wc -l)" -eq 6 ]' "$E2E_TMP/charts"
check "an unknown chart is named" fails 2 pie stoker compare "$BATCH" --svg "$E2E_TMP/pie.svg" --chart pie
ln -s /dev/full "$E2E_TMP/device.svg"
check "a device is no file for a chart" fails 1 "device.svg: cannot be written" stoker compare "$BATCH" --svg "$E2E_TMP/device.svg"
check "and nothing takes its place" test -L "$E2E_TMP/device.svg"
check "a chart needs a file" fails 2 --svg stoker compare "$BATCH" --chart time
check "a folder that is not there is named" fails 1 nowhere stoker compare "$BATCH" --svg "$E2E_TMP/nowhere/chart.svg"
check "without the program that draws it is said so" fails 1 no-window \
  env STOKER_WINDOW_PROGRAM="$E2E_TMP/no-window" "$E2E_STOKER" compare "$BATCH" --svg "$E2E_TMP/none.svg"

check "the catalog has 25 providers" says "len(it) == 25 and all($LISTING_KEYS <= set(p) for p in it)" stoker catalog list --json
check "the catalog is a table of as many rows" bash -c '[ "$("$0" catalog | tail -n +2 | wc -l)" -eq 25 ]' "$E2E_STOKER"
check "each hosted provider that is active has a working connector, and it was proved" says 'all({"check", "submit"} <= set(p["operations"])
  and p["proved"] for p in it if p["hosted"] and p["status"] == "active")' stoker catalog list --json
check "what is not hosted is hardware of one's own or a rehearsal" says '{p["id"] for p in it if not p["hosted"]} ==
  {"comfyui", "docker", "kubernetes", "local", "simulated", "slurm", "ssh"}' stoker catalog list --json
check "one is discontinued" says '[p["id"] for p in it if p["status"] != "active"] == ["banana"]' stoker catalog list --json
catalog_row ()
{
  stoker catalog list >"$E2E_TMP/catalog" && grep -q "^$1  .*$2" "$E2E_TMP/catalog"
}
check "that is a service" catalog_row runpod "hosted .*active .*submit"
check "that is hardware" catalog_row slurm "own hardware .*active .*only advice"
check "that is a rehearsal" catalog_row simulated "rehearsal .*active"
check "that is over" catalog_row banana "hosted .*discontinued .*nothing any more"
check "one provider is shown" says 'it["id"] == "runpod"' stoker catalog show runpod --json
check "against what it was proved is told" prints "official-client: replicate" stoker catalog show replicate
check "a document of its own is valid" prints valid stoker catalog validate "$E2E_SOURCE/resources/catalog/runpod.json"

check "offers can be filtered" says 'it and all("4090" in o["gpu"] and o["vram_gb"] >= 24 for o in it)' \
  stoker offers --gpu 4090 --min-vram 24 --json
check "what is left out is told" prints " more; --limit 0 shows all" stoker offers
check "not where it was asked for" bash -c '! "$0" offers --limit 3 | grep -q more' "$E2E_STOKER"
check "offers are a table" prints "RTX 4090" stoker offers --gpu 4090

check "an unknown verb is a wrong call" fails 2 workflow stoker workflow inspect x
check "an unknown action is a wrong call" fails 2 dance stoker jobs dance
check "an unknown option is a wrong call" fails 2 --colour stoker advise "$BATCH" --colour
check "a missing argument is a wrong call" fails 2 WORKLOAD.json stoker advise
check "a missing file is named" fails 2 nowhere.json stoker advise nowhere.json
check "a wrong mode is named" fails 2 cheap stoker advise "$BATCH" --mode cheap --json
check "a wrong limit is named" fails 2 --limit stoker offers --limit many
check "a wrong order is named" fails 2 beauty stoker offers --sort beauty
check "an unknown provider is named" fails 2 nobody stoker submit "$BATCH" --provider nobody
check "an unknown job is named" fails 2 no-job stoker jobs show no-job
check "a provider that is nowhere is named" fails 2 "is not in the catalog" stoker offers --provider nobody
check "a file of offers that is not there is named" fails 2 "nowhere.csv: no such file" stoker offers --offers nowhere.csv
check "an endless one is not read to its end" fails 2 "/dev/zero: is larger than" stoker offers --offers /dev/zero
check "an argument that is empty stands for nothing" fails 2 "jobs show needs ID" stoker jobs show ""
check "nor does an option that is empty" fails 2 "--gpu: NAME is empty" stoker offers --gpu ""
check "two forms at once are a wrong call" fails 2 --csv stoker compare "$BATCH" --csv --json
check "a wrong date is named" fails 2 yesterday stoker spend --since yesterday

check "the flags are off" says 'it["enable_public_gpu"] is False' stoker flags list --json
check "a flag goes on" stoker flags set enable_public_gpu on
check "and stays on" says 'it["enable_public_gpu"] is True' stoker flags list --json
check "one that cannot be written is not said to be on" exits 1 env XDG_CONFIG_HOME=/proc/nowhere "$E2E_STOKER" flags set enable_public_gpu on
check "and goes off" stoker flags set enable_public_gpu off
check "an unknown flag is named" fails 2 enable_magic stoker flags set enable_magic on
check "a flag is on or off" fails 2 maybe stoker flags set enable_public_gpu maybe

check "a secret is no argument" fails 2 --secret-stdin stoker providers add runpod --set api_key=rpa_test_good
check "nothing was registered" says '"runpod" not in [p["id"] for p in it]' stoker providers list --json
check "this machine is there" says '"local" in [p["id"] for p in it]' stoker providers list --json
check "this machine stays" fails 3 registry stoker providers remove local
check "a name that cannot be is one in an option" fails 2 "stoker: --id: " stoker providers add simulated --id "a b"
check "and so is an address" fails 2 "stoker: --base-url: " stoker providers add simulated --id there --base-url nowhere
check "a change must say what" fails 2 "what is to be changed" stoker providers set local
check "an unknown template is named" fails 2 skynet stoker providers add skynet
check "a provider is added" stoker providers add simulated --id rehearsal --name "My Rehearsal"
check "it is listed" says '"rehearsal" in [p["id"] for p in it]' stoker providers list --json
check "it is shown" says 'it["name"] == "My Rehearsal"' stoker providers show rehearsal --json
check "it is exported" says '"rehearsal" in [p["id"] for p in it["providers"]]' stoker providers export
stoker providers export >"$E2E_TMP/registry.json"
check "it is removed" stoker providers remove rehearsal
check "it is imported" prints rehearsal stoker providers import "$E2E_TMP/registry.json"
check "import leaves what is there" says '"rehearsal" in it["skipped"]' \
  stoker providers import "$E2E_TMP/registry.json" --no-overwrite --json

check "a dry run sends nothing" says 'it["id"] == "mock-rehearsal-1" and it["dry_run"] is True' \
  stoker submit "$BATCH" --provider rehearsal --json
check "the next one is numbered" prints mock-rehearsal-2 stoker submit "$BATCH" --provider rehearsal
check "jobs are listed" says '[j["id"] for j in it] == ["mock-rehearsal-2", "mock-rehearsal-1"]' stoker jobs list --json
check "a job is shown" prints mock-rehearsal-1 stoker jobs show mock-rehearsal-1
check "several jobs are shown" says '[j["id"] for j in it] == ["mock-rehearsal-2", "mock-rehearsal-1"]' \
  stoker jobs show mock-rehearsal-2 mock-rehearsal-1 --json
check "jobs are exported" says 'len(it) == 2' stoker jobs export mock-rehearsal-1 mock-rehearsal-2
check "a dry run costs nothing" says 'it["entries"] == []' stoker spend --json
check "the spending is CSV too" prints "time,kind,job" stoker spend --csv

# A job keeps the last megabyte of its log; the file of one that ran here holds all of it.
printf '%s' '{"name": "Many lines", "command": ["sh", "-c", "seq 1 200000; printf \"end\\\\0\\\\033[31mof it\""]}' >"$E2E_TMP/lines.json"
whole_log ()
{
  stoker jobs logs "$1" >"$E2E_TMP/lines.log" || return 1
  seq 1 200000 | cmp -n 1288894 - "$E2E_TMP/lines.log" || return 1
  [ "$(tail -n 1 "$E2E_TMP/lines.log")" = "end  [31mof it" ]
}
LINES_JOB=$(stoker submit "$E2E_TMP/lines.json" --provider local --live --wait --json | json_value 'it["id"]')
check "a job that ran here is done" says 'it["state"] == "succeeded"' stoker jobs show "$LINES_JOB" --json
check "its log is printed from the first line to the last" whole_log "$LINES_JOB"
check "a rehearsal has no log" exits 0 stoker jobs logs mock-rehearsal-1
check "logs of several jobs have their names above them" bash -c '
  [ "$("$0" jobs logs mock-rehearsal-1 "$1" | head -n 5)" = "$(printf "==> mock-rehearsal-1 <==\n\n==> %s <==\n1\n2" "$1")" ]' \
  "$E2E_STOKER" "$LINES_JOB"
check "where there is no job there is no log" fails 2 no-job stoker jobs logs "$LINES_JOB" no-job
check "the jobs of one provider are listed" says '[j["id"] for j in it] == ["mock-rehearsal-2", "mock-rehearsal-1"]' \
  stoker jobs list --provider rehearsal --json
check "one without jobs has none" prints "No jobs at " stoker jobs list --provider nobody
printf '{"payload": {"prompt": "a door"}}' >"$E2E_TMP/picture.json"
printf '{"payload": {"prompt": "a door", "aspect_ratio": "7:1"}}' >"$E2E_TMP/strip.json"
check "a provider that sells pictures is added" stoker providers add stability --id pictures --set task=generate/core
check "a dry run knows the price of its request" says 'it["estimated"]["amount"] == "0.03"' \
  stoker submit "$E2E_TMP/picture.json" --provider pictures --json
check "and tells how it comes about" prints "This request: \$0.03 per picture = \$0.03" \
  stoker submit "$E2E_TMP/picture.json" --provider pictures
check "a limit is told with file, place and parameter" fails 2 "strip.json: payload: parameter \"aspect_ratio\" is \"7:1\"" \
  stoker submit "$E2E_TMP/strip.json" --provider pictures

printf '{"requirements": {"type": "image", "min_vram_gb": 12}, "payload": {"image": "debian:12", "command": "true"}}' >"$E2E_TMP/machine.json"
check "one that rents GPUs is added" stoker providers add runpod --id pods
check "what is missing is told with its file" fails 2 "picture.json: payload: parameter \"image\" is missing" \
  stoker submit "$E2E_TMP/picture.json" --provider pods --plan pod
check "a machine without a name is not ended" fails 2 "machines terminate needs MACHINE" stoker machines terminate "" --provider pods
printf '{"3": {"class_type": "EmptyLatentImage", "inputs": {"batch_size": 4}}, "4": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}}}' \
  >"$E2E_TMP/door.api.json"
printf '{"nodes": [{"id": 1, "type": "SaveImage"}], "links": []}' >"$E2E_TMP/drawn.json"
printf '{"name": "four doors", "requirements": {"min_vram_gb": 24}, "payload": {"seed": 7, "workflow": {}}}' >"$E2E_TMP/two-graphs.json"
printf '{"name": "four doors", "requirements": {"min_vram_gb": 24}, "payload": {"seed": 7}}' >"$E2E_TMP/doors.json"
# says_workflow EXPRESSION ARGUMENT…: as says, of a submitted workflow; what the graph does not tell is noted.
says_workflow ()
{
  local expression=$1
  shift
  stoker submit "$@" --provider pods --plan serverless --json >"$E2E_TMP/out" 2>"$E2E_TMP/err" || { cat "$E2E_TMP/err"; return 1; }
  grep -q "door.api.json: The workflow does not tell" "$E2E_TMP/err" || { cat "$E2E_TMP/err"; return 1; }
  stoker jobs export "$(json_value 'it["id"]' <"$E2E_TMP/out")" >"$E2E_TMP/export" || return 1
  [ "$(json_value "bool($expression)" <"$E2E_TMP/export")" = True ] || { cat "$E2E_TMP/export"; return 1; }
}
stoker providers set pods --set endpoint_id=doors01 >/dev/null
check "a ComfyUI workflow is what is sent" says_workflow 'it[0]["name"] == "door" and it[0]["workload"]["outputs"]["count"] == 4
  and it[0]["workload"]["payload"]["workflow"]["4"]["class_type"] == "SaveImage"' --workflow "$E2E_TMP/door.api.json"
check "beside it a file tells how large the work is" says_workflow 'it[0]["name"] == "four doors"
  and it[0]["workload"]["requirements"]["min_vram_gb"] == 24 and it[0]["workload"]["requirements"]["type"] == "image"
  and it[0]["workload"]["payload"]["seed"] == 7 and it[0]["workload"]["payload"]["workflow"]["3"]' \
  "$E2E_TMP/doors.json" --workflow "$E2E_TMP/door.api.json"
check "but no other workflow" fails 2 "two-graphs.json: \$.payload.workflow: is there already" \
  stoker submit "$E2E_TMP/two-graphs.json" --workflow "$E2E_TMP/door.api.json" --provider pods
check "what the editor saves is told apart" fails 2 "drawn.json: is the form in which ComfyUI" \
  stoker submit --workflow "$E2E_TMP/drawn.json" --provider pods
check "a workload is no workflow" fails 2 "doors.json: holds no ComfyUI workflow" stoker submit --workflow "$E2E_TMP/doors.json" --provider pods
check "the GPU can be chosen" says 'it["estimate"]["target"]["gpu"] == "L40S" and it["estimate"]["target"]["plan"] == "pod"' \
  stoker submit "$E2E_TMP/machine.json" --provider pods --plan pod --gpu l40s --json
check "a whole name means this one alone" says 'it["estimate"]["target"]["gpu"] == "L4"' stoker submit "$E2E_TMP/machine.json" --provider pods --gpu L4 --json
check "a part of a name is enough" says 'it["estimate"]["target"]["gpu"] == "RTX 4090"' \
  stoker submit "$E2E_TMP/machine.json" --provider pods --gpu 4090 --json
check "a GPU that is not there is told with those that are" fails 2 "that would do for this; there are: " \
  stoker submit "$E2E_TMP/machine.json" --provider pods --gpu "Voodoo 2"
check "one that is too small is not there either" fails 2 "there are: H100" stoker submit "$BATCH" --provider pods --plan pod --gpu "RTX A4000"
check "a market is added" stoker providers add vast --id market
check "there any GPU can be asked for" says \
  'it["estimate"]["target"]["gpu"] == "Radeon VII" and it["estimate"]["target"]["plan"] == "on-demand" and "Radeon VII" in str(it)' \
  stoker submit "$E2E_TMP/machine.json" --provider market --gpu "Radeon VII" --json
check "where none can be chosen it is said so" fails 2 "chooses the GPU of a job by itself" \
  stoker submit "$E2E_TMP/picture.json" --provider pictures --gpu 4090
if [ "${#WITHOUT_NETWORK[@]}" -gt 0 ]; then
  printf 'rpa_test_good' | stoker providers add runpod --id unreached --secret-stdin >/dev/null 2>&1
  stoker flags set enable_public_gpu on >/dev/null
  check "without a network a provider cannot be reached" fails 1 "cannot reach" "${WITHOUT_NETWORK[@]}" "$E2E_STOKER" providers check unreached
  stoker flags set enable_public_gpu off >/dev/null
  check "which is not held against it" says 'it.get("last_health") is None' stoker providers show unreached --json
fi

check "an endpoint is added" stoker providers add huggingface --id endpoints --set namespace=acme
check "what it can do beside jobs is listed" says '"endpoint.pause" in [a["id"] for a in it]' stoker providers actions endpoints --json
check "what one of these takes is told" prints "Workers at Most" stoker providers actions pods endpoint.scale
mkdir -p "$E2E_TMP/locale/de/LC_MESSAGES"
in_german ()
{
  msgfmt --output-file="$E2E_TMP/locale/de/LC_MESSAGES/stoker.mo" "$E2E_SOURCE/po/de.po" &&
    LANGUAGE=de STOKER_LOCALE_DIR=$E2E_TMP/locale stoker "$@"
}
check "in the reader's language" prints "Höchstens Worker" in_german providers actions pods endpoint.scale
check "one that it does not have is named" fails 2 "pods has no action" stoker providers actions pods dance
check "an action is only shown at first" says 'it["dry_run"] and it["requests"][0]["url"].endswith("/endpoint/acme/mine/pause")' \
  stoker providers action endpoints endpoint.pause --set name=mine --json
check "a parameter that is missing is named" fails 2 'parameter "name"' stoker providers action endpoints endpoint.pause
check "an action is live only with its flag" fails 3 enable_ stoker providers action endpoints endpoint.pause --set name=mine --live
check "ending a machine is only shown at first" says 'it["dry_run"] and it["requests"][0]["method"] == "DELETE"' \
  stoker machines terminate mine --provider endpoints --json
check "machines are asked for only with the flag" fails 3 enable_ stoker machines list --provider endpoints
check "a provider without machines says so" fails 1 rehearsal stoker machines list --provider rehearsal
check "where a machine is must be said" fails 2 --provider stoker machines terminate mine
check "what was done is written down" says 'all(l["at"] and l["action"] for l in it) and len(it) > 3' stoker audit list --json
check "and nothing of it was changed" says 'it["intact"] and it["lines"] > 3' stoker audit verify --json
check "and all of it can be had" says 'len(it) > 3' stoker audit export

check "forgetting must be meant" fails 2 "--yes" stoker forget
check "and then it is done" prints "forgotten" stoker forget --yes
check "no job is left" says 'it == []' stoker jobs list --json
check "no provider but this machine is left" says '[p["id"] for p in it] == ["local"]' stoker providers list --json
e2e_finish
