# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""RunPod: REST v2 (catalogue; pods, endpoints and volumes are in runpod_rest.py), GraphQL `myself`, and the serverless job plane.

    http://HOST/runpod             stands for https://api.runpod.io
    http://HOST/runpod-jobs/v2     stands for https://api.runpod.ai/v2
    http://HOST/runpod-proxy/ID-N  stands for https://ID-N.proxy.runpod.net

Written from docs.runpod.io (operation-reference, job-states, send-requests, api-reference-v2/openapi.json) as of 2026-08-20 and the
README of runpod-workers/worker-comfyui 5.8.5, both read on 2026-11-21. Where these say nothing (the body of a 401 or 402 on the job
plane), the answer is the least a client could count on.
"""

import base64
import json
import time
import uuid

from runpod_rest import RATE_HEADERS, Rest
from server import Answer, Provider, Refusal, data_url, make_png, problem

ACCOUNTS = {
    'rpa_test_good': {'id': 'user_good', 'email': 'good@example.com', 'clientBalance': 12.34},
    'rpa_test_poor': {'id': 'user_poor', 'email': 'poor@example.com', 'clientBalance': 0.0},
    'rpa_test_busy': {'id': 'user_busy', 'email': 'busy@example.com', 'clientBalance': 5.0},
    'rpa_test_readonly': {'id': 'user_ro', 'email': 'reader@example.com', 'clientBalance': 5.0},
}
# Endpoint id -> what its worker answers with.
ENDPOINTS = {'comfy4090': 'comfy', 'comfys3': 'comfy-s3', 'generic01': 'generic'}
COLD_START_S = 12.0
RUN_S = 30.0
IDLE_S = 60
RESULT_KEPT_S = 30 * 60
MAX_WORKERS = 2
MAX_RUN_BODY = 10 * 1024 * 1024


def gpu(identifier, name, pool, memory, prices, availability, centers):
    secure, community, serverless = prices
    entry = {'id': identifier, 'name': name, 'pool': pool, 'manufacturer': 'NVIDIA', 'memory': memory, 'secure': True,
             'community': community > 0, 'price': {'secure': secure, 'community': community},
             'maxCount': {'secure': 8, 'community': 4 if community else 0},
             'availability': availability}
    if serverless is not None:
        entry['price']['serverless'] = serverless
    if centers:
        entry['dataCenters'] = [{'id': center, 'name': center, 'availability': level} for center, level in centers]
    return entry


GPUS = [
    gpu('NVIDIA GeForce RTX 4090', 'RTX 4090', 'ADA_24', 24, (0.69, 0.34, 1.116), 'HIGH',
        [('EU-RO-1', 'HIGH'), ('US-KS-2', 'LOW')]),
    gpu('NVIDIA L40S', 'L40S', 'ADA_48_PRO', 48, (0.86, 0.79, 1.908), 'LOW', [('US-TX-3', 'LOW')]),
    gpu('NVIDIA A100 80GB PCIe', 'A100 PCIe', 'AMPERE_80', 80, (1.64, 1.19, 2.736), 'MEDIUM', [('EU-NL-1', 'MEDIUM')]),
    gpu('NVIDIA H200', 'H200 SXM', 'HOPPER_141', 141, (3.99, 3.59, 5.58), 'NONE', []),
    gpu('NVIDIA RTX A2000', 'RTX A2000', None, 6, (0.12, 0.11, None), 'NONE', []),
    gpu('NVIDIA RTX A5000', 'RTX A5000', 'AMPERE_24', 24, (0.29, 0.16, 0.684), 'LOW', [('EU-RO-1', 'LOW')]),
]


def answer_id(answer):
    return json.loads(answer.body)['id']


class Worker:
    def __init__(self, ready_at):
        self.ready_at = ready_at
        self.free_at = ready_at


class Job:
    def __init__(self, identifier, endpoint, body, now):
        self.id = identifier
        self.endpoint = endpoint
        self.input = body['input']
        self.policy = body.get('policy') or {}
        self.created = now
        self.worker = None
        self.starts = None
        self.ends = None
        self.cancelled = None
        self.outcome = {}
        self.output = None
        self.streamed = 0


class RunPod(Rest, Provider):
    name = 'runpod'
    prefixes = ('/runpod/', '/runpod-jobs/', '/runpod-proxy/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.workers = {}
        order = {'type': 'QUEUE', 'image': 'runpod/worker', 'gpu': {'pools': ['ADA_24']}, 'scaling': {'type': 'QUEUE_DELAY', 'queueDelay': 4},
                 'workers': {'min': 0, 'max': MAX_WORKERS, 'idleTimeout': IDLE_S}}
        self.endpoints = {name: self.make_endpoint(name, kind, dict(order, name=name)) for name, kind in ENDPOINTS.items()}
        jobs = r'/runpod-jobs/v2/([^/]+)'
        self.routes = [
            ('POST', r'/runpod/graphql', self.graphql),
            ('GET', r'/runpod/v2/catalog/gpus', self.catalog),
            ('GET', r'/runpod/v2/account/ssh-keys', self.ssh_keys),
            ('POST', jobs + '/run', self.run),
            ('POST', jobs + '/runsync', self.run_sync),
            ('GET', jobs + '/stream/([^/]+)', self.stream),
            ('GET', jobs + '/status-sync/([^/]+)', self.status_sync),  # runpod-sdk 1.1.2
            ('GET', jobs + '/status/([^/]+)', self.status),
            ('POST', jobs + '/status/([^/]+)', self.status),  # runpod-sdk 1.1.2 may POST
            ('POST', jobs + '/cancel/([^/]+)', self.cancel),
            ('POST', jobs + '/retry/([^/]+)', self.retry),
            ('GET', jobs + '/health', self.health),
            ('POST', jobs + '/purge-queue', self.purge),
        ]
        self.init_rest(GPUS)
        self.past = {'yesterday-u1': self.make_past_job('yesterday-u1')}

    def make_past_job(self, identifier):
        """A request that failed before there was anything to test."""
        job = Job(identifier, 'generic01', {'input': {'prompt': 'a fox'}}, self.clock.now())
        job.outcome, job.starts, job.ends, job.timed_out = {'fail': 'it broke'}, self.clock.now(), self.clock.now(), False
        return job

    # Accounts

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return problem(429, 'Too Many Requests', 'rate limit exceeded for the minute window', headers=headers)

    def authorize(self, request):
        key = request.bearer() or request.headers.get('Authorization')
        if key is None:
            raise Refusal(problem(401, 'Unauthorized', 'missing bearer token'))
        if key not in ACCOUNTS:
            raise Refusal(problem(401, 'Unauthorized', 'invalid bearer token'))
        if key == 'rpa_test_busy':
            raise Refusal(self.throttled(1))
        return key

    def graphql(self, request):
        """Documented by @runpod/mcp-server 4.0.0: an unknown key is 401, none at all is 200 with a null."""
        body = request.json()
        if not isinstance(body, dict) or 'myself' not in body.get('query', ''):
            return Answer(400, {'errors': [{'message': 'unsupported query'}]})
        key = request.bearer()
        if key is None:
            return Answer(200, {'data': {'myself': None}})
        if key not in ACCOUNTS:
            return Answer(401, {'errors': [{'message': 'Unauthorized', 'extensions': {'code': 'UNAUTHENTICATED'}}]})
        if key == 'rpa_test_busy':
            return self.throttled(1)
        return Answer(200, {'data': {'myself': dict(ACCOUNTS[key], currentSpendPerHr=0.0, spendLimit=80)}})

    # REST v2

    def catalog(self, request):
        self.authorize(request)
        include, product = request.query.get('include'), request.query.get('product')
        if include not in (None, 'AVAILABILITY') or (include is None) != (product is None):
            return problem(400, 'Bad Request', 'product is required with include=AVAILABILITY, and valid only with it')
        if product is not None and not set(product.split(',')) <= {'POD', 'CLUSTER', 'SERVERLESS'}:
            return problem(400, 'Bad Request', 'unknown product')
        hidden = () if include else ('availability', 'dataCenters')
        gpus = [{name: value for name, value in entry.items() if name not in hidden} for entry in GPUS]
        if self.emulator.no_capacity and include:
            gpus = [{name: value for name, value in dict(entry, availability='NONE').items() if name != 'dataCenters'}
                    for entry in gpus]
        return Answer(200, {'gpus': gpus}, headers=RATE_HEADERS)

    def ssh_keys(self, request):
        self.authorize(request)
        return Answer(200, {'keys': []}, headers=RATE_HEADERS)

    # Job plane

    def authorize_job(self, request, endpoint):
        key = self.authorize(request)
        if endpoint not in self.endpoints:
            raise Refusal(Answer(404, {'error': 'endpoint not found'}))
        return key

    def find(self, request, endpoint, identifier):
        self.authorize_job(request, endpoint)
        job = self.jobs.get(identifier) or self.past.get(identifier)
        now = self.clock.now()
        if job is None or job.endpoint != endpoint or (job.ends is not None and now > job.ends + RESULT_KEPT_S):
            raise Refusal(Answer(404, {'error': 'request does not exist'}))
        return job

    def check_body(self, request):
        if len(request.body) > MAX_RUN_BODY:
            raise Refusal(Answer(413, {'error': 'request body is too large'}))
        body = request.json()
        if not isinstance(body, dict) or not isinstance(body.get('input'), (dict, str)):
            raise Refusal(Answer(400, {'error': 'request body must have an input'}))
        policy = body.get('policy') or {}
        for name, least in (('executionTimeout', 5000), ('ttl', 10000)):
            value = policy.get(name, least)
            if not isinstance(value, int) or not least <= value <= 7 * 86400 * 1000:
                raise Refusal(Answer(400, {'error': 'policy.%s is out of range' % name}))
        return body

    def run(self, request, endpoint):
        key = self.authorize_job(request, endpoint)
        if key == 'rpa_test_readonly':
            return problem(403, 'Forbidden', 'access denied')
        if key == 'rpa_test_poor':
            return problem(402, 'Payment Required', 'insufficient balance')
        body = self.check_body(request)
        job = Job('%s-u1' % uuid.uuid4(), endpoint, body, self.clock.now())
        job.outcome = self.emulator.take_outcome()
        self.jobs[job.id] = job
        if not self.emulator.no_capacity:
            self.schedule(job)
        return Answer(200, {'id': job.id, 'status': 'IN_QUEUE'})

    def find_workers(self, endpoint):
        """Those that have not been idle for too long."""
        limits = self.endpoints[endpoint]['described']['workers']
        workers = self.workers.setdefault(endpoint, [])
        workers[:] = [worker for worker in workers if worker.free_at + limits['idleTimeout'] > self.clock.now()]
        while len(workers) < limits['min'] and not self.emulator.no_capacity:
            workers.append(Worker(self.clock.now() + self.emulator.setting('cold_seconds', COLD_START_S)))
        return workers

    def schedule(self, job):
        """First a warm worker, then a new one, then the one that is free soonest; never, without any."""
        now = self.clock.now()
        most = self.endpoints[job.endpoint]['described']['workers']['max']
        workers = self.find_workers(job.endpoint)
        if most == 0:
            return
        worker = next((worker for worker in workers if worker.free_at <= now), None)
        if worker is None and len(workers) < most:
            worker = Worker(now + self.emulator.setting('cold_seconds', COLD_START_S))
            workers.append(worker)
        worker = worker or min(workers, key=lambda candidate: candidate.free_at)
        job.worker = worker
        job.starts = max(now, worker.free_at) + 0.3
        run_s = self.emulator.setting('run_seconds', RUN_S)
        job.ends = job.starts + min(run_s, job.policy.get('executionTimeout', 600000) / 1000)
        job.timed_out = job.policy.get('executionTimeout', 600000) / 1000 < run_s
        worker.free_at = job.ends

    def capacity_changed(self):
        if self.emulator.no_capacity:
            return
        for job in self.jobs.values():
            if job.starts is None and job.cancelled is None and job.endpoint in self.endpoints:
                self.schedule(job)

    def state_of(self, job):
        now = self.clock.now()
        if job.cancelled is not None:
            return 'CANCELLED'
        if job.starts is None or now < job.starts:
            return 'IN_QUEUE'
        if now < job.ends:
            return 'IN_PROGRESS'
        if job.timed_out:
            return 'TIMED_OUT'
        return 'FAILED' if self.error_of(job) else 'COMPLETED'

    def error_of(self, job):
        if 'fail' in job.outcome:
            return job.outcome['fail']
        if self.endpoints[job.endpoint]['kind'].startswith('comfy'):
            if not isinstance(job.input, dict):
                return 'Invalid JSON format in input'
            if 'workflow' not in job.input:
                return "Missing 'workflow' parameter"
        return None

    def output_of(self, job):
        if job.output is None:
            job.output = self.make_output(job)
        return job.output

    def make_output(self, job):
        png = make_png(seed=len(self.jobs))
        kind = self.endpoints[job.endpoint]['kind']
        if 'output' in job.outcome:
            return job.outcome['output']
        if kind == 'comfy':
            output = {'images': [{'filename': 'ComfyUI_00001_.png', 'type': 'base64', 'data': base64.b64encode(png).decode()}]}
            if 'warnings' in job.outcome:
                output['errors'] = job.outcome['warnings']
            return output
        url = self.emulator.publish('ComfyUI_00001_.png', png, 'image/png', RESULT_KEPT_S)
        if kind == 'comfy-s3':
            return {'images': [{'filename': 'ComfyUI_00001_.png', 'type': 's3_url', 'data': url}]}
        return {'result': [url, data_url(png)], 'text': 'not an address'}

    def status(self, request, endpoint, identifier):
        job = self.find(request, endpoint, identifier)
        state = self.state_of(job)
        answer = {'id': job.id, 'status': state}
        if job.starts is not None and state not in ('IN_QUEUE', 'CANCELLED'):
            answer['delayTime'] = int((job.starts - job.created) * 1000)
        if state in ('COMPLETED', 'FAILED', 'TIMED_OUT'):
            answer['executionTime'] = int((job.ends - job.starts) * 1000)
        if state == 'COMPLETED':
            answer['output'] = self.output_of(job)
        if state == 'FAILED':
            answer['error'] = self.error_of(job)
        return Answer(200, answer)

    def run_sync(self, request, endpoint):
        """Holds the answer until the job ends or the time is over."""
        answer = self.run(request, endpoint)
        wait = int(request.query.get('wait', '90000'))
        if not 1000 <= wait <= 300000:
            return problem(400, 'Bad Request', 'wait is out of range')
        if answer.status == 200:
            identifier = answer_id(answer)
            answer.wait = lambda: self.wait_for(request, endpoint, identifier, wait / 1000)
        return answer

    def wait_for(self, request, endpoint, identifier, seconds):
        speed = max(self.clock.speed, 20)  # also of a clock that stands still
        limit = time.monotonic() + seconds / speed
        while time.monotonic() < limit and self.state_of(self.find(request, endpoint, identifier)) in ('IN_QUEUE', 'IN_PROGRESS'):
            time.sleep(0.5 / speed)
        with self.emulator.lock:
            return self.status(request, endpoint, identifier)

    def stream(self, request, endpoint, identifier):
        """What a worker that yields has brought since the last time, as the official client takes it; here one piece in each ten seconds."""
        job = self.find(request, endpoint, identifier)
        state = self.state_of(job)
        end = job.ends if state == 'COMPLETED' else self.clock.now()
        count = int(round(end - job.starts, 3) // 10) if state in ('IN_PROGRESS', 'COMPLETED') else 0
        first, job.streamed = job.streamed, count
        return Answer(200, {'status': state, 'stream': [{'output': 'piece %d' % number} for number in range(first, count)]})

    def status_sync(self, request, endpoint, identifier):
        answer = self.status(request, endpoint, identifier)
        wait = int(request.query.get('wait', '90000'))
        answer.wait = lambda: self.wait_for(request, endpoint, identifier, wait / 1000)
        return answer

    def cancel(self, request, endpoint, identifier):
        job = self.find(request, endpoint, identifier)
        if self.state_of(job) in ('IN_QUEUE', 'IN_PROGRESS'):
            job.cancelled = self.clock.now()
            if job.worker is not None:
                job.worker.free_at = max(job.worker.ready_at, self.clock.now())
            job.ends = self.clock.now()
        return Answer(200, {'id': job.id, 'status': self.state_of(job)})

    def retry(self, request, endpoint, identifier):
        job = self.find(request, endpoint, identifier)
        if self.state_of(job) not in ('FAILED', 'TIMED_OUT'):
            return Answer(400, {'error': 'only a failed job can be retried'})
        job.outcome, job.created = {}, self.clock.now()
        self.schedule(job)
        return Answer(200, {'id': job.id, 'status': 'IN_QUEUE'})

    def purge(self, request, endpoint):
        self.authorize_job(request, endpoint)
        queued = [job for job in self.jobs.values() if job.endpoint == endpoint and self.state_of(job) == 'IN_QUEUE']
        for job in queued:
            job.cancelled = job.ends = self.clock.now()
        return Answer(200, {'removed': len(queued), 'status': 'completed'})

    def health(self, request, endpoint):
        self.authorize_job(request, endpoint)
        states = [self.state_of(job) for job in self.jobs.values() if job.endpoint == endpoint]
        workers = self.count_workers(endpoint)
        return Answer(200, {
            'jobs': {'completed': states.count('COMPLETED'), 'failed': states.count('FAILED') + states.count('TIMED_OUT'),
                     'inProgress': states.count('IN_PROGRESS'), 'inQueue': states.count('IN_QUEUE'), 'retried': 0},
            'workers': dict(workers, ready=workers['idle'])})

    def count_workers(self, endpoint):
        now = self.clock.now()
        workers = self.find_workers(endpoint)
        initializing = sum(worker.ready_at > now for worker in workers)
        running = sum(worker.ready_at <= now < worker.free_at for worker in workers)
        return {'running': running, 'idle': len(workers) - initializing - running, 'initializing': initializing,
                'throttled': 1 if self.emulator.no_capacity else 0, 'unhealthy': 0}

    def list_jobs(self):
        return [{'id': job.id, 'state': self.state_of(job), 'input': job.input, 'policy': job.policy,
                 'endpoint': job.endpoint} for job in self.jobs.values()] + self.list_pod_jobs()


PROVIDER = RunPod
