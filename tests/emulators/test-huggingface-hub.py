#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hugging Face's own Python client, huggingface_hub, manages inference endpoints at the emulator; its npm packages do not. It is no part of Debian 12: where it cannot be
imported the test is skipped."""

import os
import sys
import tempfile

from session import emulator
from tap import Tap

MINE = {'repository': 'acme/fox', 'framework': 'custom', 'accelerator': 'gpu', 'vendor': 'aws', 'region': 'us-east-1', 'type': 'authenticated', 'instance_size': 'x1',
        'instance_type': 'nvidia-l4', 'custom_image': {'url': 'ghcr.io/acme/render:1'}, 'min_replica': 0, 'max_replica': 1, 'scale_to_zero_timeout': 15}


def load_client(url):
    """Its api at the emulator; nothing of it may look for a token or write into the home."""
    os.environ.update(HF_HUB_DISABLE_TELEMETRY='1', HF_HOME=tempfile.gettempdir(), HF_ENDPOINT=url + '/hf-hub', HF_HUB_DISABLE_IMPLICIT_TOKEN='1')
    from huggingface_hub import HfApi, constants
    constants.INFERENCE_ENDPOINTS_ENDPOINT = url + '/hf-api/v2'
    return HfApi


def expect(mistakes, told, wanted):
    if told != wanted:
        mistakes.append('%s, not %s' % (told, wanted))


def live(api):
    mistakes = []
    made = api.create_inference_endpoint('mine', namespace='acme', token=api.token, **MINE)
    expect(mistakes, made.status, 'pending')
    expect(mistakes, made.raw['model']['image'], {'custom': MINE['custom_image']})
    expect(mistakes, made.wait(timeout=30, refresh_every=1).status, 'running')
    expect(mistakes, made.url.endswith('/hf-endpoint/mine'), True)
    expect(mistakes, 'mine' in [endpoint.name for endpoint in api.list_inference_endpoints('acme')], True)
    expect(mistakes, api.update_inference_endpoint('mine', namespace='acme', max_replica=3).raw['compute']['scaling']['maxReplica'], 3)
    expect(mistakes, made.scale_to_zero().status, 'scaledToZero')
    expect(mistakes, made.pause().status, 'paused')
    expect(mistakes, made.resume().status, 'pending')
    made.delete()
    expect(mistakes, 'mine' in [endpoint.name for endpoint in api.list_inference_endpoints('acme')], False)
    return mistakes


def refusals(client):
    mistakes = []
    for token, name, status in (('hf_wrong', 'painter', 401), ('hf_test_good', 'none', 404)):
        try:
            client(token=token).get_inference_endpoint(name, namespace='acme')
            mistakes.append('%s was not refused' % name)
        except OSError as error:
            expect(mistakes, error.response.status_code, status)
    return mistakes


def main():
    try:
        import huggingface_hub
    except ImportError as error:
        print('1..0 # SKIP huggingface_hub cannot be imported: %s' % error)
        return 0
    tap = Tap()
    print('# huggingface_hub %s' % huggingface_hub.__version__)
    with emulator('huggingface', speed=20) as url:
        client = load_client(url)
        api = client(token='hf_test_good')
        tap.report('who am I', [] if api.whoami()['name'] == 'acme' else ['somebody else'])
        tap.report('an endpoint is made, waited for, listed, scaled, paused, resumed and deleted', live(api))
        tap.report('a wrong token, and an endpoint that there is not', refusals(client))
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
