#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices that are asked of a provider, and what advice makes of them: test-live-prices.py SOURCE_ROOT BUILD_ROOT"""
import json
import os
import pathlib

from harness import EMULATOR, TEMPORARY, Report, allow_live_requests, emulator_control, emulator_state, files_holding, must, stoker, stoker_json

KEY = 'lambda_test_good'
CACHE = pathlib.Path(os.environ['XDG_CACHE_HOME']) / 'stoker' / 'offers' / 'lambda.json'
# An hour on 20 GB, which only the A10 at $0.75 and larger ones have.
WORKLOAD = {'name': 'an hour', 'requirements': {'type': 'training', 'min_vram_gb': 20, 'estimated_minutes': 60}}


def n_requests():
    return len(emulator_state()['requests'])


def find_lambda(advice):
    """What is advised of Lambda, in dollars, with its GPU."""
    found = [entry for entry in advice['candidates'] if entry['id'] == 'lambda']
    return (found[0]['offer']['gpu'], found[0]['offer']['price'], found[0]['offer']['live']) if found else None


def advise(path, *more):
    return stoker_json('advise', path, '--limit', '0', *more)


def check_before(report, path):
    """Nobody is asked by verbs that only think, and nobody without leave."""
    offers = stoker_json('offers', '--provider', 'lambda', '--limit', '0')
    report.check('list prices at first', offers and not any(offer['live'] for offer in offers), offers)
    done = stoker('offers', '--provider', 'lambda', '--refresh')
    report.check('without the flag the refresh says so', done.returncode == 1 and 'enable_public_gpu' in done.stderr, done)
    report.check('and lists what it knows', 'RTX A6000' in done.stdout, done)
    done = stoker('advise', path, '--refresh', '--offers', path)
    report.check('a file of offers cannot be refreshed', done.returncode == 2 and 'do not go together' in done.stderr, done)
    report.check('nobody was asked', n_requests() == 0, emulator_state()['requests'])


def check_refresh(report, path):
    """The provider's own prices take the place of its list."""
    offers = stoker_json('offers', '--provider', 'lambda', '--limit', '0', '--refresh')
    report.check('the offers are live', offers and all(offer['live'] for offer in offers), offers)
    report.check('with their source', offers[0]['source'] == 'Lambda, asked live', offers[0])
    asked = n_requests()
    report.check('advice has them', find_lambda(advise(path)) == ('A10', '0.75', True), advise(path))
    done = stoker('advise', path)
    report.check('and tells their age', 'Prices asked live: Lambda, just now' in done.stdout, done)
    done = stoker('compare', path)
    report.check('so has the comparison', any('Lambda' in line and '$0.75' in line for line in done.stdout.splitlines()), done)
    report.check('nobody was asked for that', n_requests() == asked)


def check_change(report, path):
    """Another price is another advice, once it is asked for."""
    emulator_control(settings={'price_factor': 2})
    report.check('what was told counts on', find_lambda(advise(path)) == ('A10', '0.75', True))
    report.check('until it is asked again', find_lambda(advise(path, '--refresh')) == ('A10', '1.5', True))
    emulator_control(fault='no-capacity')
    advice = advise(path, '--refresh')
    reasons = [entry['reason'] for entry in advice['rejected'] if entry['id'] == 'lambda']
    report.check('what is sold out is not advised', find_lambda(advice) is None, find_lambda(advice))
    report.check('and told with its reason', len(reasons) == 1 and 'none of it free' in reasons[0], reasons)
    emulator_control(fault='none', settings={'price_factor': 1})


def check_failure(report, path):
    """Who does not answer is told; what is known goes on counting."""
    must('providers', 'set', 'lambda', '--secret-stdin', text='api_key=lambda_test_wrong')
    done = stoker('advise', path, '--refresh')
    report.check('a refused key is told', done.returncode == 0 and 'Lambda did not tell its prices' in done.stderr, done)
    must('providers', 'set', 'lambda', '--secret-stdin', text='api_key=' + KEY)
    stoker_json('offers', '--refresh')


def check_damage(report, path):
    """A damaged file costs one line, and no price of the list."""
    CACHE.write_bytes(CACHE.read_bytes()[:100])
    done = stoker('advise', path)
    lines = [line for line in done.stderr.splitlines() if 'lambda.json' in line]
    report.check('a damaged file is told on one line', done.returncode == 0 and len(lines) == 1, done)
    report.check('and kept', CACHE.with_name('lambda.json.damaged').exists() and not CACHE.exists())
    report.check('the list counts again', find_lambda(advise(path)) == ('RTX A6000', '1.09', False), find_lambda(advise(path)))
    done = stoker('advise', path)
    report.check('it is told once', 'lambda.json' not in done.stderr, done)


def check_quota(report, path):
    """What the account may not have is not advised: no A100 of Azure, though it is cheaper than the H100 of which nothing is told."""
    zeros = '00000000-0000-0000-0000-00000000000'
    settings = {'tenant_id': zeros + '1', 'client_id': zeros + '2', 'subscription_id': zeros + '3', 'resource_group': 'stoker', 'region': 'eastus',
                'api_url': EMULATOR + '/azure', 'token_url': EMULATOR + '/azure-login', 'prices_url': EMULATOR + '/azure-prices'}
    words = [word for name, value in settings.items() for word in ('--set', f'{name}={value}')]
    must('providers', 'add', 'azure', *words, '--secret-stdin', text='client_secret=az_test_good')
    advice = advise(path)
    report.check('before it is asked the A100 is advised', [entry['offer']['gpu'] for entry in advice['candidates'] if entry['id'] == 'azure'] == ['A100-80GB'], advice)
    advice = advise(path, '--refresh')
    report.check('an exhausted quota keeps it out', [entry['offer']['gpu'] for entry in advice['candidates'] if entry['id'] == 'azure'] == ['H100 NVL'], advice)
    reasons = [entry['reason'] for entry in advice['rejected'] if entry['id'] == 'azure' and entry['group'] == 'quota']
    report.check('and is told with its region', reasons == ['The quota of the account in eastus does not allow it; ask the provider for more.'], advice['rejected'])


def main():
    report = Report()
    path = TEMPORARY / 'hour.json'
    path.write_text(json.dumps(WORKLOAD), encoding='utf-8')
    must('providers', 'add', 'lambda', '--set', f'api_url={EMULATOR}/lambda/api/v1', '--secret-stdin', text='api_key=' + KEY)
    check_before(report, str(path))
    allow_live_requests()
    check_refresh(report, str(path))
    check_change(report, str(path))
    check_failure(report, str(path))
    check_damage(report, str(path))
    path.write_text(json.dumps(dict(WORKLOAD, requirements=dict(WORKLOAD['requirements'], min_vram_gb=80))), encoding='utf-8')
    check_quota(report, str(path))
    holding = files_holding(KEY)
    report.check('the key is in no file', holding == [], holding)
    report.finish()


main()
