# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which providers have an official document, and what it does not tell of, each with its reason.
`without`   method and path at the emulator, as a regular expression → why the document has no such operation
`addresses` address of a step that is no base of the manifest → what it is
`unseen`    step of the manifest → why it cannot be seen here
`refusals`  status from 400 on that no operation tells of → where it is from
`amend`     (place in the document, what to set in it, why)
The documents may not be shipped: they are looked for in the folder named by STOKER_SHARED, else in ../shared beside the source."""

import json
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SPECS = os.path.join(os.environ.get('STOKER_SHARED') or os.path.join(os.path.dirname(ROOT), 'shared'), 'specs')

VAST_RENT = '#/paths/~1api~1v0~1asks~1{id}/put'
VAST_SEARCH = '#/paths/~1api~1v0~1bundles/post/requestBody/content/application~1json/schema/properties/'
VAST_CLI = "the vendor's command line (vast-ai/vast-cli) sends it, the document leaves it out"

FAL = {
    'document': 'fal.platform.openapi.json',
    'without': {'[A-Z]+ /fal-queue/': 'the document is of the platform; the queue has none',
                '[A-Z]+ /fal-rest/': "the document is of the platform; the storage is told of by the vendor's client alone"},
    'addresses': dict(dict.fromkeys(['${handle.status_url}', '${handle.response_url}', '${handle.cancel_url}'], 'of the queue'),
                      **{'${step.upload_url}': 'of the storage'}),
}

SUBJECTS = {
    'fal': FAL,
    'lambda': {
        'document': 'lambda.openapi.json',
        'without': {'GET /lambda-store/': "a store of the user's own, where the machine puts what it did"},
        'addresses': dict.fromkeys(['${config.report_url}/${job.token}.log', '${config.report_url}/${job.token}.tar.gz'], "the user's own store"),
    },
    'paperspace': {
        'document': 'paperspace.cli-openapi-types.ts',
        'servers': [{'url': 'https://api.paperspace.com/v1'}],
        'without': {'GET /paperspace-store/': "a store of the user's own, where the machine puts what it did"},
        'addresses': dict.fromkeys(['${config.report_url}/${job.token}.log', '${config.report_url}/${job.token}.tar.gz'], "the user's own store"),
    },
    'pika': FAL,
    'replicate': {
        'document': 'replicate.openapi.yaml',
        'without': {'GET /replicate-stream/': 'a host of its own for streams, whose addresses predictions tell'},
        'addresses': {'${step.stream}': 'of a stream'},
        'refusals': dict.fromkeys([401, 402, 403, 404], "the vendor's pages on errors; the document tells of success alone"),
        'amend': [
            ('#/components/schemas/schemas_file_response', {'properties': {'name': {'type': 'string'}, 'etag': {'type': 'string'}}},
             "answers recorded by the vendor's client have them"),
            ('#/components/schemas/schemas_file_response/properties/checksums', {'properties': {'md5': {'type': 'string'}}},
             "answers recorded by the vendor's client have it"),
            ('#/components/schemas/schemas_prediction_response/properties/version', {'oneOf': None, 'type': 'string'},
             '"hidden" is a text too, so that it fits both of what may fit only one'),
            ('#/components/schemas/schemas_prediction_response/properties/metrics', {'properties': {'predict_time': {'type': 'number'}}},
             'the text of the document and its examples have it, the schema does not'),
        ],
    },
    'runpod': {
        'document': 'runpod.v2.openapi.json',
        'without': {
            'POST /runpod/graphql': "GraphQL, which has its own schema; it is asked for the account's balance",
            '[A-Z]+ /runpod-jobs/': 'the document is of what is managed; the calls of an endpoint have none',
            'GET /runpod-proxy/': "what the pod itself serves, through the vendor's proxy",
        },
    },
    'runway': {
        'document': 'runway.openapi.json',
        'without': {'POST /runway-storage/': "the storage is somebody else's; the document tells of its address and fields"},
        'addresses': {'${step.upload_url}': 'of the storage'},
        'refusals': dict.fromkeys([401, 429], "the vendor's client names it; the document leaves it out"),
    },
    'vast': {
        'document': 'vast.openapi.yaml',
        'without': {'GET /vast-bucket/': 'the log itself, in a store of Amazon'},
        'addresses': {'${step.log_url}': 'in a store of Amazon'},
        'amend': [
            (VAST_RENT + '/requestBody/content/application~1json/schema', {'properties': {'client_id': {'const': 'me'}}}, VAST_CLI),
            (VAST_RENT + '/responses/200/content/application~1json/schema', {'properties': {'instance_api_key': {'type': 'string'}}},
             "answers seen by users have it, and the vendor's guide tells of the key"),
            ('#/paths/~1api~1v0~1bundles/post/requestBody/content/application~1json/schema', {'properties': {'reliability2': {'type': 'object'}}}, VAST_CLI),
            (VAST_SEARCH + 'order', {'minItems': None, 'maxItems': None},
             'the two elements are those of an entry, as its description says, not those of the list'),
            (VAST_SEARCH + 'gpu_name', {'properties': {'eq': {'type': 'string'}}}, 'its own example has it'),
            (VAST_SEARCH + 'num_gpus', {'properties': {'eq': {'type': 'integer'}}}, VAST_CLI),
            ('#/paths/~1api~1v0~1instances~1{id}/get', {'parameters': [
                {'name': 'id', 'in': 'path', 'required': True, 'schema': {'type': 'integer'}},
                {'name': 'owner', 'in': 'query', 'schema': {'const': 'me'}}]}, VAST_CLI),
            ('#/paths/~1api~1v0~1users~1current/get/responses/200/content/application~1json/schema', {'properties': {'credit': {'type': 'number'}}},
             "the vendor's command line reads it"),
        ],
    },
}


def is_typed(known):
    """Whether only the types of the document are public."""
    return known['document'].endswith('.ts')


def load_tree(name):
    """A document as it is written."""
    with open(os.path.join(SPECS, name), encoding='utf-8') as file:
        if name.endswith('.json'):
            return json.load(file)
        import yaml
        return yaml.load(file, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))
