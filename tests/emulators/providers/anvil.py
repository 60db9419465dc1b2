# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Anvil: a service that does not exist.

    http://HOST/anvil/v1  stands for https://api.anvil.example/v1

It is what tests/connectors/invented-provider.json describes: a provider that nobody compiled into Stoker.
Keys: anvil_test_good, anvil_test_poor (402), anvil_test_busy (429).
"""

from server import Answer, Provider, Refusal, TimedJob, make_png

KEYS = ('anvil_test_good', 'anvil_test_poor', 'anvil_test_busy')
GPUS = [{'id': 'g-1', 'name': 'RTX 4090', 'vram_mib': 24576, 'region': 'eu-1', 'usd_per_hour': 0.5, 'free': 3},
        {'id': 'g-2', 'name': 'L40S', 'vram_mib': 49152, 'region': 'eu-1', 'usd_per_hour': 0.9, 'free': 0}]
STATES = {'waiting': 'waiting', 'running': 'running', 'done': 'ended', 'failed': 'ended', 'cancelled': 'stopped'}
STARTING_S = 4


class Anvil(Provider):
    name = 'anvil'
    prefixes = ('/anvil/',)

    def __init__(self, emulator):
        super().__init__(emulator)
        api = '/anvil/v1'
        self.routes = [
            ('GET', api + '/account', self.account),
            ('GET', api + '/gpus', self.gpus),
            ('POST', api + '/jobs', self.submit),
            ('GET', api + '/jobs', self.list),
            ('GET', api + '/jobs/([^/]+)', self.get),
            ('GET', api + '/jobs/([^/]+)/log', self.log),
            ('GET', api + '/jobs/([^/]+)/files', self.files),
            ('DELETE', api + '/jobs/([^/]+)', self.stop),
        ]

    @staticmethod
    def error(status, message, headers=None):
        return Answer(status, {'error': {'message': message}}, headers=headers)

    def throttled(self, retry_after):
        return self.error(429, 'too many requests', {} if retry_after is None else {'Retry-After': str(retry_after)})

    def authorize(self, request):
        key = request.bearer()
        if key not in KEYS:
            raise Refusal(self.error(401, 'unknown key'))
        if key == 'anvil_test_busy':
            raise Refusal(self.throttled(1))
        return key

    def account(self, request):
        self.authorize(request)
        return Answer(200, {'email': 'smith@example.com', 'credit_cents': 4200})

    def gpus(self, request):
        """One a page."""
        self.authorize(request)
        place = next((i + 1 for i, gpu in enumerate(GPUS) if gpu['id'] == request.query.get('after')), 0)
        return Answer(200, {'gpus': GPUS[place:place + 1], 'next': GPUS[place]['id'] if place + 1 < len(GPUS) else None})

    def submit(self, request):
        key = self.authorize(request)
        body = request.json()
        if not isinstance(body, dict) or not isinstance(body.get('image'), str) or not isinstance(body.get('command'), list):
            return self.error(422, 'a job has an image and a command')
        if key == 'anvil_test_poor':
            return self.error(402, 'no credit')
        if self.emulator.no_capacity:
            return self.error(409, 'no capacity for this gpu')
        job = TimedJob(self.emulator, key, body, wait_s=10.0, run_s=36.0)
        self.jobs[job.id] = job
        return Answer(201, self.describe(job))

    def describe(self, job):
        phase = job.phase()
        is_new = self.clock.now() < job.created + STARTING_S
        answer = {'id': job.id, 'name': job.order.get('name'), 'state': 'starting' if phase == 'waiting' and not is_new else STATES[phase],
                  'exit_code': {'done': 0, 'failed': job.outcome.get('fail')}.get(phase), 'percent': int(job.progress() * 100)}
        if phase in ('running', 'done', 'failed'):
            answer.update(started=job.date(job.starts), cost_usd=round(0.5 * job.progress() * job.run_s / 3600, 6))
        return answer

    def list(self, request):
        self.authorize(request)
        name = request.query.get('name')
        return Answer(200, {'jobs': [self.describe(job) for job in self.jobs.values() if name in (None, job.order.get('name'))]})

    def find(self, request, identifier):
        self.authorize(request)
        if identifier not in self.jobs:
            raise Refusal(self.error(404, 'no such job'))
        return self.jobs[identifier]

    def get(self, request, identifier):
        return Answer(200, self.describe(self.find(request, identifier)))

    def log(self, request, identifier):
        """What was written from line FROM on."""
        job = self.find(request, identifier)
        lines = [] if job.phase() == 'waiting' else [job.order['command'][-1]]
        lines += ['strike %d' % step for step in range(1, int(job.progress() * 10) + 1)]
        begin = int(request.query.get('from', 0))
        return Answer(200, {'text': ''.join(line + '\n' for line in lines[begin:]), 'next': len(lines)})

    def files(self, request, identifier):
        job = self.find(request, identifier)
        if job.phase() != 'done':
            return self.error(409, 'it has not ended')
        if not hasattr(job, 'picture'):
            job.picture = self.emulator.publish('door.png', make_png(seed=11), 'image/png', 3600)
        return Answer(200, {'files': [{'name': 'door.png', 'url': job.picture}]})

    def stop(self, request, identifier):
        self.find(request, identifier).cancel()
        return Answer(202, b'', 'text/plain')

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': job.phase(), 'billing': job.phase() in ('waiting', 'running'), 'input': job.order}
                for job in self.jobs.values()]


PROVIDER = Anvil
