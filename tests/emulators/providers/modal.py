# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modal: web endpoints that somebody deployed.

    http://HOST/modal/NAME  stands for https://WORKSPACE--APP-NAME.modal.run

Written from the vendor's pages on web endpoints, read on 2026-11-21. The texts of Modal's proxy are from reports of users; what the apps
answer is FastAPI's form, and the recipe of those pages for spawned calls.
Proxy tokens: wk-test_good:ws-test_good, wk-test_busy:ws-test_good (429). Endpoints behind them: `quick` (answers JSON), `picture` (answers bytes),
`slow` (redirected three times before its answer), `queue` (POST /submit, GET /result/ID). `open` asks for nothing.
"""

import uuid

from server import Answer, Provider, Refusal, TimedJob, make_png

TOKENS = {'wk-test_good': 'ws-test_good', 'wk-test_busy': 'ws-test_good'}
ENDPOINTS = ('quick', 'picture', 'slow', 'queue', 'open')
REDIRECTS = 3
KEPT_S = 7 * 24 * 3600


class Modal(Provider):
    name = 'modal'
    prefixes = ('/modal/',)

    def __init__(self, emulator):
        super().__init__(emulator)
        self.waits = {}
        self.containers = 0
        self.routes = [
            ('GET', '/modal/([^/]+)', self.resume),
            ('POST', '/modal/([^/]+)', self.call),
            ('POST', '/modal/(queue)/submit', self.submit),
            ('GET', '/modal/(queue)/result/([^/]+)', self.result),
        ]

    @staticmethod
    def text(status, text):
        return Answer(status, text.encode(), 'text/plain')

    @staticmethod
    def detail(status, detail):
        return Answer(status, {'detail': detail})

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, b'modal-http: too many requests', 'text/plain', headers)

    def handle(self, request):
        endpoint = request.path.split('/')[2]
        if endpoint not in ENDPOINTS:
            return self.text(404, 'modal-http: invalid function call')
        self.authorize(request, endpoint)
        answer = super().handle(request)
        if answer.content_type == 'application/problem+json':
            return self.detail(answer.status, {404: 'Not Found', 405: 'Method Not Allowed'}[answer.status])
        return answer

    def authorize(self, request, endpoint):
        if endpoint == 'open':
            return
        key = request.headers.get('Modal-Key')
        secret = request.headers.get('Modal-Secret')
        if key is None or secret is None:
            raise Refusal(self.text(401, 'modal-http: missing credentials for proxy authorization'))
        if TOKENS.get(key) != secret:
            raise Refusal(self.text(401, 'modal-http: invalid credentials for proxy authorization'))
        if key.endswith('_busy'):
            raise Refusal(self.throttled(1))

    def read(self, request):
        body = request.json()
        if not isinstance(body, dict) or not body.get('prompt'):
            raise Refusal(self.detail(422, [{'type': 'missing', 'loc': ['body', 'prompt'], 'msg': 'Field required', 'input': body}]))
        return body

    def take(self, request, endpoint):
        job = TimedJob(self.emulator, endpoint, self.read(request))
        job.id = 'fc-' + uuid.uuid4().hex[:22]
        self.jobs[job.id] = job
        return job

    # Calls that are answered at once, or after redirects

    def call(self, request, endpoint):
        if endpoint == 'queue':
            return self.detail(404, 'Not Found')
        job = self.take(request, endpoint)
        job.starts = job.ends = job.clock.now()
        if endpoint == 'slow':
            self.waits[job.id] = REDIRECTS
        return self.advance(job, endpoint)

    def advance(self, job, endpoint):
        left = self.waits.pop(job.id, 0)
        if left > 0:
            self.waits[job.id] = left - 1
            return Answer(303, b'', 'text/plain', {'Location': '/modal/%s?__modal_function_call_id=%s' % (endpoint, job.id)})
        return self.finish(job, endpoint)

    def finish(self, job, endpoint):
        if endpoint == 'picture':
            return Answer(200, make_png(), 'image/png')
        return Answer(200, {'text': 'a picture of ' + job.order['prompt']})

    def resume(self, request, endpoint):
        identifier = request.query.get('__modal_function_call_id')
        if identifier in self.jobs:
            return self.advance(self.jobs[identifier], endpoint)
        self.containers += 1
        return self.detail(405, 'Method Not Allowed')

    # Spawned calls

    def submit(self, request, endpoint):
        return Answer(200, {'call_id': self.take(request, endpoint).id})

    def result(self, request, endpoint, identifier):
        job = self.jobs.get(identifier)
        if job is None or (job.ends is not None and job.clock.now() > job.ends + KEPT_S):
            return self.detail(404, 'Not Found')
        phase = job.phase()
        if phase in ('waiting', 'running'):
            return Answer(202, b'', 'text/plain')
        if phase == 'failed':
            return self.detail(424, job.outcome['fail'])
        return Answer(200, make_png(), 'image/png')

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': job.phase(), 'input': job.order, 'endpoint': job.owner, 'containers': self.containers}
                for job in self.jobs.values()]


PROVIDER = Modal
