# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hugging Face: who a token belongs to, inference endpoints, and the endpoints themselves.

    http://HOST/hf-hub             stands for https://huggingface.co
    http://HOST/hf-api/v2          stands for https://api.endpoints.huggingface.cloud/v2
    http://HOST/hf-endpoint/NAME   stands for https://….endpoints.huggingface.cloud

Written from the client huggingface_hub with its tests and the vendor's documentation (2026-08-20), read on 2026-11-21. The form of errors is in
neither; it is what the client can read.
Tokens: hf_test_good, hf_test_readonly (403 for changes and calls), hf_test_unpaid (401 in the namespace), hf_test_busy (429).
Endpoints: `painter` (runs, answers with a picture), `translator` (runs, answers with JSON), `sleeper` (scaled to zero), `resting` (paused).
"""

import uuid

from server import Answer, Provider, Refusal, format_iso, make_png

TOKENS = {'hf_test_good': 'write', 'hf_test_readonly': 'read', 'hf_test_unpaid': 'write', 'hf_test_busy': 'write'}
NAMESPACE = 'acme'
IDLE = ('paused', 'scaledToZero')
WAIT_S = 5.0
START_S = 60.0
COMPUTES = [('nvidia-t4', 'x1', 1, 16, 0.5, 'available'), ('nvidia-l4', 'x1', 1, 24, 0.8, 'available'), ('nvidia-l4', 'x4', 4, 96, 3.8, 'low_availability'),
            ('nvidia-a100', 'x1', 1, 80, 2.5, 'not_available')]


class Endpoint:
    """It waits, initialises and runs by the clock, unless somebody put it to rest."""

    def __init__(self, clock, name, order, state=None):
        self.clock = clock
        self.name = name
        self.order = order
        self.rest = state if state in IDLE else None
        self.began = clock.now() if state is None else clock.now() - WAIT_S - START_S
        self.born = 1780000000

    def state(self):
        if self.rest is not None:
            return self.rest
        age = self.clock.now() - self.began
        return 'pending' if age < WAIT_S else 'initializing' if age < WAIT_S + START_S else 'running'

    def start(self):
        self.rest = None
        self.began = self.clock.now()


class HuggingFace(Provider):
    name = 'huggingface'
    prefixes = ('/hf-hub/', '/hf-api/', '/hf-endpoint/')

    def __init__(self, emulator):
        super().__init__(emulator)
        order = {'type': 'authenticated', 'provider': {'vendor': 'aws', 'region': 'us-east-1'},
                 'compute': {'accelerator': 'gpu', 'instanceType': 'nvidia-l4', 'instanceSize': 'x1', 'scaling': {'minReplica': 0, 'maxReplica': 1}},
                 'model': {'framework': 'custom', 'repository': 'acme/fox', 'image': {'huggingface': {}}}}
        states = {'painter': 'running', 'translator': 'running', 'sleeper': 'scaledToZero', 'resting': 'paused'}
        self.endpoints = {name: Endpoint(self.clock, name, order, state) for name, state in states.items()}
        self.calls = []
        one = '/hf-api/v2/endpoint/([^/]+)/([^/]+)'
        self.routes = [
            ('GET', '/hf-hub/api/whoami-v2', self.whoami),
            ('GET', '/hf-api/v2/provider/([^/]+)', self.hardware),
            ('GET', '/hf-api/v2/endpoint/([^/]+)', self.list),
            ('POST', '/hf-api/v2/endpoint/([^/]+)', self.create),
            ('GET', one, self.get),
            ('PUT', one, self.update),
            ('DELETE', one, self.delete),
            ('POST', one + '/(pause|resume|scale-to-zero)', self.change),
            ('POST', '/hf-endpoint/([^/]+)', self.call),
            ('GET', '/hf-endpoint/([^/]+)/health', self.health),
        ]

    @staticmethod
    def error(status, text):
        return Answer(status, {'error': text}, headers={'X-Request-Id': uuid.uuid4().hex})

    def throttled(self, retry_after):
        answer = self.error(429, 'We had to rate limit you')
        answer.headers['ratelimit'] = '"api";r=0;t=1'
        if retry_after is not None:
            answer.headers['Retry-After'] = str(retry_after)
        return answer

    def authorize(self, request, namespace=None, is_change=False):
        token = request.bearer()
        if token not in TOKENS:
            raise Refusal(self.error(401, 'Invalid credentials in Authorization header'))
        if token.endswith('_busy'):
            raise Refusal(self.throttled(1))
        if namespace is not None and (namespace != NAMESPACE or token.endswith('_unpaid')):
            raise Refusal(self.error(401, 'Unauthorized'))
        if is_change and TOKENS[token] == 'read':
            raise Refusal(self.error(403, 'This token does not have sufficient permissions'))

    def whoami(self, request):
        self.authorize(request)
        role = TOKENS[request.bearer()]
        return Answer(200, {'type': 'user', 'id': '64a', 'name': NAMESPACE, 'fullname': 'Acme', 'email': 'fox@example.com', 'emailVerified': True,
                            'isPro': False, 'canPay': True, 'periodEnd': None, 'billingMode': 'postpaid', 'avatarUrl': '/avatars/fox.svg', 'orgs': [],
                            'auth': {'type': 'access_token', 'accessToken': {'displayName': 'stoker', 'role': role, 'createdAt': '2026-01-01T00:00:00.000Z'}}})

    def hardware(self, request, namespace):
        self.authorize(request, namespace)
        computes = [{'id': 'aws-us-east-1-%s-%s' % (kind, size), 'accelerator': 'gpu', 'numAccelerators': count, 'numCpus': 7, 'memoryGb': 30.0,
                     'gpuMemoryGb': memory, 'instanceType': kind, 'instanceSize': size, 'architecture': kind, 'status': status, 'pricePerHour': price,
                     'quota': {'maxAccelerators': 16, 'usedAccelerators': 1}} for kind, size, count, memory, price, status in COMPUTES]
        computes.append({'id': 'aws-us-east-1-intel-spr-x1', 'accelerator': 'cpu', 'numAccelerators': 1, 'memoryGb': 2.0, 'gpuMemoryGb': None,
                         'instanceType': 'intel-spr', 'instanceSize': 'x1', 'architecture': 'Intel', 'status': 'available', 'pricePerHour': 0.033})
        regions = [{'name': 'us-east-1', 'label': 'N. Virginia', 'status': 'available', 'computes': computes}]
        return Answer(200, {'vendors': [{'name': 'aws', 'status': 'available', 'regions': regions}]})

    # Endpoints

    def describe(self, endpoint):
        state = endpoint.state()
        created = format_iso(endpoint.born)
        user = {'id': '64a', 'name': NAMESPACE}
        status = {'createdAt': created, 'createdBy': user, 'updatedAt': created, 'updatedBy': user, 'private': None, 'state': state,
                  'message': 'Endpoint waiting to be scheduled' if state == 'pending' else '', 'readyReplica': int(state == 'running'),
                  'targetReplica': int(state not in IDLE)}
        if state != 'pending':
            status['url'] = '%s/hf-endpoint/%s' % (self.emulator.url, endpoint.name)
        # The vendor's Python client cannot do without revision and task.
        model = dict({'revision': 'main', 'task': 'custom'}, **endpoint.order['model'])
        return dict(endpoint.order, model=model, name=endpoint.name, accountId=None, healthRoute='/health', status=status)

    def find(self, request, namespace, name, is_change=False):
        self.authorize(request, namespace, is_change)
        if name not in self.endpoints:
            raise Refusal(self.error(404, 'Endpoint not found'))
        return self.endpoints[name]

    def list(self, request, namespace):
        self.authorize(request, namespace)
        return Answer(200, {'items': [self.describe(endpoint) for endpoint in self.endpoints.values()]})

    def create(self, request, namespace):
        self.authorize(request, namespace, True)
        order = request.json()
        if not isinstance(order, dict) or not {'name', 'type', 'provider', 'compute', 'model'} <= set(order):
            return self.error(400, 'missing field')
        if len(order['model'].get('image', {})) != 1:
            return self.error(400, 'model.image: expected one variant')
        if order['name'] in self.endpoints:
            return self.error(409, 'Endpoint with this name already exists')
        if order['compute']['instanceType'] not in [compute[0] for compute in COMPUTES]:
            return self.error(400, 'Compute instance not available: quota exceeded')
        name = order.pop('name')
        self.endpoints[name] = Endpoint(self.clock, name, order)
        return Answer(202, self.describe(self.endpoints[name]))

    def get(self, request, namespace, name):
        return Answer(200, self.describe(self.find(request, namespace, name)))

    def update(self, request, namespace, name):
        """What is given takes the place of what was; the rest stays."""
        endpoint = self.find(request, namespace, name, True)
        order = request.json()
        scaling = order.get('compute', {}).get('scaling') if isinstance(order, dict) else None
        if not isinstance(scaling, dict):
            return self.error(400, 'nothing to update')
        compute = endpoint.order['compute']
        scaling = dict(compute['scaling'], **scaling)
        if not 0 <= scaling['minReplica'] <= scaling['maxReplica'] or scaling['maxReplica'] < 1:
            return self.error(400, 'compute.scaling: minReplica must not be above maxReplica')
        endpoint.order = dict(endpoint.order, compute=dict(compute, scaling=scaling))
        return Answer(200, self.describe(endpoint))

    def delete(self, request, namespace, name):
        self.find(request, namespace, name, True)
        del self.endpoints[name]
        return Answer(202, b'')

    def change(self, request, namespace, name, change):
        endpoint = self.find(request, namespace, name, True)
        if change == 'resume':
            if endpoint.state() == 'running':
                return self.error(400, 'Endpoint is already running')
            endpoint.start()
        else:
            endpoint.rest = 'paused' if change == 'pause' else 'scaledToZero'
        return Answer(200, self.describe(endpoint))

    # What an endpoint answers

    def health(self, request, name):
        self.authorize(request)
        endpoint = self.endpoints.get(name)
        return Answer(200, b'') if endpoint is not None and endpoint.state() == 'running' else self.error(503, '503 Service Unavailable')

    def call(self, request, name):
        self.authorize(request, is_change=True)
        endpoint = self.endpoints.get(name)
        if endpoint is None or endpoint.rest == 'paused':
            return self.error(404 if endpoint is None else 400, 'Endpoint is paused' if endpoint else 'Not Found')
        if endpoint.rest == 'scaledToZero':
            endpoint.start()
            if 'X-Scale-Up-Timeout' not in request.headers:
                return self.error(503, '503 Service Unavailable')
            endpoint.began -= WAIT_S + START_S
        if endpoint.state() != 'running' or self.emulator.no_capacity:
            return self.error(503, '503 Service Unavailable')
        is_json = request.headers.get('Content-Type', '').startswith('application/json')
        body = request.json() if is_json else len(request.body)
        if is_json and (not isinstance(body, dict) or 'inputs' not in body):
            return self.error(400, 'Body needs to provide a inputs key')
        self.calls.append({'id': uuid.uuid4().hex, 'state': 'done', 'input': body, 'endpoint': name})
        if name == 'translator':
            return Answer(200, [{'translation_text': 'ein Fuchs'}])
        return Answer(200, make_png(), 'image/png')

    def list_jobs(self):
        return self.calls


PROVIDER = HuggingFace
