# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Vast.ai: account, offer search, renting, instances, logs.

    http://HOST/vast          stands for https://console.vast.ai
    http://HOST/vast-bucket   stands for the bucket that logs are uploaded to

Written from vast-ai/docs (api-reference/openapi.yaml of 2026-08-07, creating-instances-with-api, rate-limits-and-errors) and vast-ai/vast-cli, read on
2026-11-21. The answer to renting without credit is not in them; here it is a 400 with the text of prepaying. The answer to a bid that is too low, which
leaves a stopped instance, is told by dstackai/dstack.
The offer 7001 is listed, and gone when somebody wants it. The bid for the machine 11111111, which somebody rented by hand, can be changed. A log is there at the second time somebody asks for it.
Keys: vast_test_good, vast_test_poor (no credit), vast_test_busy (429), vast_test_readonly (403).
"""

import json

from server import Answer, Provider, Refusal, TimedJob

KEYS = {'vast_test_good': 25.0, 'vast_test_poor': 0.0, 'vast_test_busy': 25.0, 'vast_test_readonly': 25.0}
GONE_OFFER = 7001
OLD_MACHINE = '11111111'
OPERATORS = {'eq': lambda a, b: a == b, 'neq': lambda a, b: a != b, 'gt': lambda a, b: a > b, 'gte': lambda a, b: a >= b,
             'lt': lambda a, b: a < b, 'lte': lambda a, b: a <= b, 'in': lambda a, b: a in b, 'notin': lambda a, b: a not in b}
WHOLE_QUERY = ('order', 'type', 'limit', 'allocated_storage')


def offer(identifier, gpu, memory, price, bid, place, reliability):
    return {'id': identifier, 'ask_contract_id': identifier, 'bundle_id': identifier - 6000, 'machine_id': identifier + 23000, 'host_id': 1021,
            'gpu_name': gpu, 'num_gpus': 1, 'gpu_ram': memory, 'gpu_total_ram': memory, 'disk_space': 512.3, 'dph_base': price,
            'dph_total': price, 'min_bid': bid, 'storage_cost': 0.15, 'inet_up_cost': 0.003, 'inet_down_cost': 0.002, 'geolocation': place,
            'reliability2': reliability, 'verification': 'verified', 'verified': True, 'external': False, 'rentable': True, 'rented': False,
            'is_bid': False, 'cuda_max_good': 12.8, 'direct_port_count': 49}


OFFERS = [
    offer(GONE_OFFER, 'RTX 4090', 24564, 0.31, 0.14, 'Oregon, US', 0.997),
    offer(7002, 'RTX 4090', 24564, 0.37, 0.18, 'Hesse, DE', 0.991),
    offer(7003, 'RTX 4090', 24564, 0.42, 0.21, 'Oregon, US', 0.989),
    offer(7004, 'H100 SXM', 81559, 2.41, 1.60, 'Texas, US', 0.999),
    offer(7006, 'RTX 5060', 8151, 0.08, 0.04, 'Kanto, JP', 0.994),
    offer(7005, 'RTX 3090', 24576, 0.12, 0.06, 'Nowhere, RU', 0.71),
]


class Instance(TimedJob):
    number = 12345678
    is_stopped = False
    is_gone = False

    def status(self):
        phase = self.phase()
        if self.is_stopped:
            return 'stopped'
        if phase == 'waiting':
            return None if self.clock.now() < self.created + self.wait_s / 2 else 'loading'
        return 'running' if phase == 'running' else 'exited'

    def log(self):
        """Of a machine that was taken away it ends in the middle."""
        lines = ['begun']
        if self.phase() in ('done', 'failed') and 'is' not in self.outcome:
            lines += [self.outcome.get('fail', 'a fox was drawn'), '', 'stoker: exit status %d' % self.outcome.get('exit', 'fail' in self.outcome)]
        return '\n'.join(lines) + '\n'


class Vast(Provider):
    name = 'vast'
    prefixes = ('/vast/', '/vast-bucket/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.logs = {}
        self.routes = [
            ('GET', '/vast/api/v0/users/current/', self.account),
            ('POST', '/vast/api/v0/bundles/', self.search),
            ('PUT', '/vast/api/v0/asks/([0-9]+)/', self.rent),
            ('GET', '/vast/api/v1/instances/', self.list),
            ('GET', '/vast/api/v0/instances/', self.old_list),
            ('PUT', '/vast/api/v0/instances/request_logs/([0-9]+)/', self.request_log),
            ('PUT', '/vast/api/v0/instances/bid_price/([0-9]+)/', self.change_bid),
            ('GET', '/vast/api/v0/instances/([0-9]+)/', self.get),
            ('PUT', '/vast/api/v0/instances/([0-9]+)/', self.change),
            ('DELETE', '/vast/api/v0/instances/([0-9]+)/', self.destroy),
            ('GET', '/vast-bucket/([0-9]+).log', self.fetch_log),
        ]

    @staticmethod
    def error(status, code, text, **more):
        return Answer(status, dict({'success': False, 'error': code, 'msg': text}, **more))

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, {'detail': 'API requests too frequent endpoint threshold=4.5'}, headers=headers)

    def authorize(self, request, changes=False):
        key = request.bearer()
        if key not in KEYS:
            raise Refusal(Answer(404, {'error': 'auth_error', 'msg': 'Invalid user key'}))
        if key == 'vast_test_busy':
            raise Refusal(self.throttled(1))
        if key == 'vast_test_readonly' and changes:
            raise Refusal(self.error(403, 'not_authorized', 'the key may only read'))
        return key

    def account(self, request):
        key = self.authorize(request)
        return Answer(200, {'id': 123456, 'key_id': 789, 'email': 'good@example.com', 'balance': 0.0, 'credit': KEYS[key],
                            'ssh_key': 'ssh-ed25519 AAAA', 'sid': 'sid'})

    def search(self, request):
        if request.bearer() is not None:
            self.authorize(request)
        query = request.json()
        if not isinstance(query, dict):
            return self.error(400, 'invalid_args', 'error 400/3400: the body is not an object')
        found = OFFERS if not self.emulator.no_capacity else []
        for name, conditions in query.items():
            if name in WHOLE_QUERY:
                continue
            for operator, value in conditions.items():
                if operator not in OPERATORS or isinstance(value, str) and name in ('dph_total', 'gpu_ram', 'reliability2', 'machine_id'):
                    return self.error(400, 'invalid_args', 'error 400/3401: %s' % name)
                found = [entry for entry in found if self.fits(entry, name, operator, value)]
        price = 'min_bid' if query.get('type') == 'bid' else 'dph_total'
        found = sorted(found, key=lambda entry: entry[price])[:query.get('limit', 64)]
        return Answer(200, {'offers': [dict(entry, dph_total=entry[price], is_bid=price == 'min_bid') for entry in found]})

    @staticmethod
    def fits(entry, name, operator, value):
        known = entry.get(name)
        if name == 'geolocation':
            known = known[-2:]
        return OPERATORS[operator](known, value)

    def rent(self, request, identifier):
        key = self.authorize(request, changes=True)
        body = request.json()
        ask = int(identifier)
        if not isinstance(body, dict) or not body.get('image'):
            return self.error(400, 'invalid_args', 'error 400/3467: Invalid args: image is required', ask_id=ask)
        entry = next((entry for entry in OFFERS if entry['id'] == ask), None)
        if entry is None or ask == GONE_OFFER or self.emulator.no_capacity:
            return self.error(404, 'invalid_args', 'error 404/3603: no_such_ask Instance type by id %d is not available.' % ask, ask_id=ask)
        if KEYS[key] <= 0:
            return self.error(400, 'invalid_args', 'Insufficient credit')
        return self.make(key, body, entry)

    def make(self, key, body, entry):
        job = Instance(self.emulator, key, body, wait_s=30.0, run_s=40.0)
        job.offer = entry
        job.id = str(Instance.number + len(self.jobs))
        self.jobs[job.id] = job
        if 'price' in body and body['price'] < entry['min_bid']:
            job.is_stopped = True
            return self.error(400, 'invalid_price', 'the bid is too low: the instance is stopped', new_contract=int(job.id))
        return Answer(200, {'success': True, 'new_contract': int(job.id), 'instance_api_key': 'd15a' * 16})

    def find(self, request, identifier, changes=False):
        key = self.authorize(request, changes)
        job = self.jobs.get(identifier)
        return None if job is None or job.owner != key or job.is_gone else job

    @staticmethod
    def describe(job):
        status = job.status()
        intended = 'stopped' if job.is_stopped else 'running'
        answer = {'id': int(job.id), 'label': job.order.get('label'), 'actual_status': status, 'intended_status': intended,
                'cur_state': intended, 'next_state': intended, 'status_msg': 'success', 'image_uuid': job.order['image'],
                'is_bid': 'price' in job.order, 'min_bid': job.offer['min_bid'], 'dph_total': job.offer['dph_total'], 'start_date': job.born,
                'gpu_name': job.offer['gpu_name'], 'num_gpus': 1, 'machine_id': job.offer['machine_id'], 'geolocation': job.offer['geolocation'],
                'public_ipaddr': '198.51.100.7\n', 'ssh_host': 'ssh4.vast.ai', 'ssh_port': 20018}
        return dict(answer, **job.outcome.get('is', {}))

    def get(self, request, identifier):
        job = self.find(request, identifier)
        return Answer(200, {'instances': self.describe(job) if job is not None else None})

    def old_list(self, request):
        self.authorize(request)
        return self.error(410, 'deprecated_endpoint', 'use /api/v1/instances/')

    def list(self, request):
        key = self.authorize(request)
        filters = json.loads(request.query.get('select_filters', '{}'))
        labels = filters.get('label', {}).get('in')
        jobs = [job for job in self.jobs.values() if job.owner == key and not job.is_gone]
        found = [self.describe(job) for job in jobs if labels is None or job.order.get('label') in labels]
        return Answer(200, {'success': True, 'instances_found': len(found), 'total_instances': len(jobs), 'label_counts': {},
                            'next_token': None, 'instances': found})

    def request_log(self, request, identifier):
        job = self.find(request, identifier)
        if job is None:
            return Answer(404, {'error': 'invalid_id', 'msg': 'Invalid instance id.'})
        self.logs[identifier] = [job.log(), 0]
        host = request.headers.get('Host')
        return Answer(200, {'success': True, 'result_url': 'http://%s/vast-bucket/%s.log' % (host, identifier), 'msg': 'requested'})

    def fetch_log(self, request, identifier):
        entry = self.logs.get(identifier)
        if 'Authorization' in request.headers:
            return Answer(400, b'<Error><Code>InvalidArgument</Code></Error>', 'application/xml')
        if entry is None or entry[1] == 0:
            if entry is not None:
                entry[1] = 1
            return Answer(403, b'<Error><Code>AccessDenied</Code></Error>', 'application/xml')
        return Answer(200, entry[0].encode(), 'text/plain')

    def change(self, request, identifier):
        job = self.find(request, identifier, changes=True)
        body = request.json()
        if job is None:
            return self.error(404, 'no_such_instance', 'Instance not found')
        if not isinstance(body, dict) or body.get('state') not in ('running', 'stopped'):
            return self.error(400, 'invalid_args', 'state is required')
        job.is_stopped = body['state'] == 'stopped'
        return Answer(200, {'success': True})

    def change_bid(self, request, identifier):
        job = self.find(request, identifier, changes=True)
        body = request.json()
        if job is None and identifier != OLD_MACHINE:
            return self.error(404, 'no_such_instance', 'Instance with that ID does not exist.')
        if not isinstance(body, dict) or body.get('client_id') != 'me' or not 0.001 <= body.get('price', 0) <= 32:
            return self.error(400, 'invalid_args', 'Please set a bid price >= 0.001.')
        if job is not None:
            job.order['price'] = body['price']
        return Answer(200, {'success': True})

    def destroy(self, request, identifier):
        job = self.find(request, identifier, changes=True)
        if job is None:
            return self.error(404, 'not_found', 'Instance not found')
        job.is_gone = True
        return Answer(200, {'success': True, 'msg': 'destroyed'})

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': 'destroyed' if job.is_gone else job.status() or 'created', 'input': job.order,
                 'billing': not job.is_gone, 'offer': job.offer['id']} for job in self.jobs.values()]


PROVIDER = Vast
