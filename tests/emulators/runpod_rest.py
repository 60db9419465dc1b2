# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""RunPod's REST v2: pods with their logs and files, serverless endpoints, network volumes.

Written from docs.runpod.io (api-reference-v2/openapi.json of 2026-08-20, pods/configuration/expose-ports), read on 2026-11-21. What a body may
have is checked, as the vendor says it does: an unknown member is a 422. A pod runs the start script of our manifest as far as others see it: its
log, and the file that it serves through the proxy, which wants no key. The pod `yesterday` is there from the beginning, and stopped.
"""

import base64
import gzip
import json
import re
import shlex
import time

from server import Answer, Refusal, TimedJob, format_iso, problem

RATE_HEADERS = {'RateLimit-Policy': '"minute";q=60;w=60,"hour";q=3000;w=3600,"day";q=50000;w=86400',
                'RateLimit': '"minute";r=59;t=60, "hour";r=2999;t=3600, "day";r=49999;t=86400'}
NO_INSTANCES = 'There are no longer any instances available with the requested specifications. Please refresh and try again.'
SELF_END_S = 900.0
ALLOWED = {'PROVISIONING': ('stop', 'terminate'), 'STARTING': ('stop', 'terminate'), 'RUNNING': ('stop', 'restart', 'terminate'),
           'EXITED': ('start', 'terminate'), 'ERROR': ('start', 'terminate')}
CONTAINER = {'args': str, 'disk': int, 'env': dict, 'image': str, 'ports': list, 'registry': (str, type(None))}
POD = dict(CONTAINER, name=str, cloud=str, cpu=dict, dataCenterIds=list, globalNetworking=bool, gpu=dict, mounts=dict, startJupyter=bool,
           startSsh=bool, templateId=str)
ENDPOINT = dict(CONTAINER, gpu=dict, name=str, scaling=dict, type=str, cpu=list, dataCenterIds=list, flashboot=str, networkVolumes=list,
                templateId=str, timeout=int, workers=dict)
VOLUME = {'dataCenter': str, 'name': str, 'size': int, 'type': str}


def answer_ok(body, status=200):
    return Answer(status, body, headers=RATE_HEADERS)


def read_body(request, known, required=()):
    """The body, whose members are known and of their types."""
    body = request.json()
    if not isinstance(body, dict):
        raise Refusal(problem(400, 'Bad Request', 'the body is not an object'))
    wrong = ["$: additional properties '%s' not allowed" % name for name in body if name not in known]
    wrong += ["$.%s: wrong type" % name for name, value in body.items() if name in known and not isinstance(value, known[name])]
    wrong += ["$: missing property '%s'" % name for name in required if name not in body]
    if wrong:
        raise Refusal(problem(422, 'Unprocessable Entity', 'the request body does not match its schema', wrong))
    return body


class Pod(TimedJob):
    is_stopped = False
    is_gone = False
    command = token = None

    def read_args(self):
        """What is wrong with the start script, or None; a pod without arguments is somebody's own."""
        if not self.order.get('args'):
            return None
        words = shlex.split(self.order['args'])
        start = re.fullmatch(r'echo (\S+) \| base64 -d > (\S+); exec sh \2', words[-1])
        if words[:2] != ['sh', '-c'] or len(words) != 3 or start is None:
            return 'the arguments are no start script'
        script = base64.b64decode(start.group(1)).decode()
        command = re.search(r'^echo (\S+) \| base64 -d > /stoker/job$', script, re.MULTILINE)
        folder = re.search(r'^d=/stoker/files/(\S+)$', script, re.MULTILINE)
        if command is None or folder is None or '$RUNPOD_POD_ID' not in script:
            return 'the start script is not one'
        self.command, self.token = base64.b64decode(command.group(1)).decode(), folder.group(1)
        return None

    def has_ended_itself(self):
        patience = self.emulator.setting('linger_seconds', SELF_END_S)
        return self.command is not None and self.phase() in ('done', 'failed') and self.clock.now() > self.ends + patience

    def status(self):
        if self.is_gone or self.has_ended_itself():
            return 'TERMINATED'
        if 'status' in self.outcome.get('is', {}):
            return self.outcome['is']['status']
        if self.is_stopped:
            return 'EXITED'
        if self.phase() == 'waiting':
            return 'PROVISIONING' if self.clock.now() < self.created + self.wait_s / 2 else 'STARTING'
        return 'RUNNING'

    def serves(self):
        return self.command is not None and self.phase() == 'done' and 'command_only' not in self.outcome and 'is' not in self.outcome

    def log(self):
        if self.command is None or self.phase() == 'waiting':
            return []
        lines = ['begun: ' + self.command]
        if self.phase() in ('done', 'failed') and 'is' not in self.outcome:
            lines += [self.outcome.get('fail', 'a fox was drawn'), '']
            lines += ['stoker: serves outputs.tar.gz', ''] if self.serves() else []
            lines += ['stoker: exit status %d' % self.outcome.get('exit', 'fail' in self.outcome)]
        return lines

    def describe(self):
        status = self.status()
        order = self.order
        is_up = status == 'RUNNING'
        return {'id': self.id, 'name': order['name'], 'status': status, 'actions': list(ALLOWED.get(status, ())), 'image': order['image'],
                'args': order.get('args', ''), 'disk': order.get('disk', 50), 'mounts': order.get('mounts', {}),
                'ports': order.get('ports', []), 'env': order.get('env', {}), 'registry': order.get('registry'),
                'gpu': {'id': order['gpu']['id'], 'count': order['gpu'].get('count', 1)}, 'cloud': order.get('cloud', 'SECURE'),
                'dataCenterId': None if status == 'PROVISIONING' else self.place, 'cudaVersion': '12.8' if is_up else None,
                'ssh': {'proxy': None, 'direct': None}, 'template': None,
                'cost': 0.0 if status in ('EXITED', 'TERMINATED') else self.price, 'locked': False, 'globalNetworking': {'enabled': False},
                'runtime': {'uptime': int(self.clock.now() - self.starts)} if is_up else None, 'createdAt': self.date(self.created),
                'startedAt': self.date(self.starts) if is_up else None}


class Rest:
    """The part of the provider that is its REST interface; `gpus` and `endpoints` come from it."""

    def init_rest(self, gpus):
        self.gpus = gpus
        self.pods = {}
        self.past_pods = {'yesterday': self.make_past_pod()}
        self.volumes = {}
        self.count = 0
        api = '/runpod/v2'
        self.routes += [
            ('GET', api + '/pods', self.list_pods),
            ('POST', api + '/pods', self.create_pod),
            ('GET', api + '/pods/([^/]+)', self.get_pod),
            ('DELETE', api + '/pods/([^/]+)', self.delete_pod),
            ('POST', api + '/pods/([^/]+)/action', self.act_on_pod),
            ('GET', api + '/pods/([^/]+)/logs', self.pod_logs),
            ('GET', r'/runpod-proxy/([a-z0-9]+)-8000/(.*)', self.fetch_file),
            ('GET', api + '/serverless', self.list_endpoints),
            ('POST', api + '/serverless', self.create_endpoint),
            ('GET', api + '/serverless/([^/]+)', self.get_endpoint),
            ('PATCH', api + '/serverless/([^/]+)', self.change_endpoint),
            ('DELETE', api + '/serverless/([^/]+)', self.delete_endpoint),
            ('GET', api + '/serverless/([^/]+)/workers', self.list_workers),
            ('GET', api + '/serverless/([^/]+)/workers/([^/]+)/logs', self.worker_logs),
            ('GET', api + '/network-volumes', self.list_volumes),
            ('POST', api + '/network-volumes', self.create_volume),
            ('PATCH', api + '/network-volumes/([^/]+)', self.change_volume),
            ('DELETE', api + '/network-volumes/([^/]+)', self.delete_volume),
        ]

    def authorize_change(self, request):
        key = self.authorize(request)
        if key == 'rpa_test_readonly':
            raise Refusal(problem(403, 'Forbidden', 'access denied'))
        return key

    # Pods

    def make_past_pod(self):
        """Somebody's own, stopped, from before there was anything to test."""
        pod = Pod(self.emulator, 'rpa_test_good', {'name': 'yesterday', 'image': 'runpod/comfyui:latest', 'gpu': {'id': self.gpus[0]['id']},
                                                   'ports': ['8188/http']}, wait_s=0.0)
        pod.id, pod.place, pod.price, pod.is_stopped = 'yesterday', 'EU-RO-1', 0.69, True
        return pod

    def all_pods(self):
        return {**self.past_pods, **self.pods}

    def own_pod(self, request, identifier, changes=False):
        key = self.authorize_change(request) if changes else self.authorize(request)
        pod = self.all_pods().get(identifier)
        if pod is None or pod.owner != key or pod.status() == 'TERMINATED':
            raise Refusal(problem(404, 'Not Found', 'resource not found'))
        return pod

    def list_pods(self, request):
        key = self.authorize(request)
        return answer_ok({'pods': [pod.describe() for pod in self.all_pods().values() if pod.owner == key and pod.status() != 'TERMINATED']})

    def choose_place(self, body):
        """Where the pod can run, and for how much an hour; None where no machine is free."""
        kind = next((kind for kind in self.gpus if kind['id'] == body['gpu'].get('id')), None)
        if kind is None:
            raise Refusal(problem(400, 'Bad Request', 'unknown GPU type'))
        cloud = body.get('cloud', 'SECURE').lower()
        wanted = body.get('dataCenterIds') or [center['id'] for center in kind.get('dataCenters', [])]
        places = [center['id'] for center in kind.get('dataCenters', []) if center['id'] in wanted]
        for mount in body.get('mounts', {}).get('network', []):
            if mount['volumeId'] not in self.volumes:
                raise Refusal(problem(404, 'Not Found', 'network volume not found'))
            places = [place for place in places if place == self.volumes[mount['volumeId']]['dataCenter']]
        if self.emulator.no_capacity or kind['availability'] == 'NONE' or not kind[cloud] or not places:
            return None
        return places[0], kind['price'][cloud] * body['gpu'].get('count', 1)

    def create_pod(self, request):
        key = self.authorize_change(request)
        body = read_body(request, POD, ('name',))
        if 'image' not in body and 'templateId' not in body:
            return problem(422, 'Unprocessable Entity', 'the request body does not match its schema', ["$: missing property 'image'"])
        if 'cpu' in body or 'gpu' not in body:
            return problem(400, 'Bad Request', 'exactly one of gpu and cpu is required')
        if key == 'rpa_test_poor':
            return problem(402, 'Payment Required', 'insufficient balance')
        found = self.choose_place(body)
        if found is None:
            return problem(400, 'Bad Request', NO_INSTANCES)
        pod = Pod(self.emulator, key, body, wait_s=60.0, run_s=40.0)
        pod.place, pod.price = found
        wrong = pod.read_args()
        if wrong is not None:
            return problem(400, 'Bad Request', wrong)
        pod.id = pod.id.replace('-', '')[:14]
        self.pods[pod.id] = pod
        return answer_ok(pod.describe(), 201)

    def get_pod(self, request, identifier):
        return answer_ok(self.own_pod(request, identifier).describe())

    def delete_pod(self, request, identifier):
        self.own_pod(request, identifier, changes=True).is_gone = True
        return Answer(204, headers=RATE_HEADERS)

    def act_on_pod(self, request, identifier):
        pod = self.own_pod(request, identifier, changes=True)
        action = read_body(request, {'action': str}, ('action',))['action']
        if action not in ('start', 'stop', 'restart', 'terminate'):
            return problem(422, 'Unprocessable Entity', 'the request body does not match its schema', ['$.action: not in the list'])
        if action not in ALLOWED[pod.status()]:
            return problem(409, 'Conflict', 'action %s is not valid while the pod is %s' % (action, pod.status()))
        if action == 'terminate':
            pod.is_gone = True
            return Answer(204, headers=RATE_HEADERS)
        if action in ('start', 'stop'):
            pod.is_stopped = action == 'stop'
        return answer_ok(pod.describe())

    def pod_logs(self, request, identifier):
        pod = self.own_pod(request, identifier)
        tail = int(request.query.get('tail', '100'))
        if not 0 <= tail <= 5000 or request.query.get('source', 'container') not in ('container', 'system'):
            return problem(400, 'Bad Request', 'tail is at most 5000, source is container or system')
        return self.answer_log(pod.log() if request.query.get('source') != 'system' else ['create container ' + pod.order['image']], tail, pod.born)

    def answer_log(self, lines, tail, born):
        stamp = format_iso(born)
        events = ['id: %s/%012d\ndata: %s\n\n' % (stamp, number, json.dumps({'ts': stamp, 'source': 'container', 'line': line}))
                  for number, line in enumerate(lines[-tail:] if tail else [])]
        answer = Answer(200, ''.join(events).encode(), 'text/event-stream', dict(RATE_HEADERS, **{'Cache-Control': 'no-cache'}))
        answer.held_s = self.emulator.setting('stream_seconds', 0.1)
        return answer

    def fetch_file(self, request, identifier, path):
        """The proxy, and behind it the plain file server that the script begins."""
        pod = self.pods.get(identifier)
        if pod is None or pod.status() != 'RUNNING' or not pod.serves():
            return Answer(502, b'Bad Gateway', 'text/html')
        if path == pod.token + '/outputs.tar.gz':
            return Answer(200, gzip.compress(bytes(10240)), 'application/gzip')
        return Answer(200 if path in ('', pod.token + '/') else 404, b'', 'text/html')

    # Serverless endpoints

    def make_endpoint(self, identifier, kind, order):
        workers = dict({'min': 0, 'max': 3, 'idleTimeout': 10}, **order.get('workers', {}))
        return {'id': identifier, 'kind': kind, 'described': {
            'id': identifier, 'name': order['name'], 'type': order['type'], 'image': order['image'], 'args': order.get('args', ''),
            'disk': order.get('disk', 20), 'env': order.get('env', {}), 'ports': order.get('ports', []), 'registry': order.get('registry'),
            'gpu': dict({'allowedCudaVersions': [], 'minCudaVersion': None, 'count': 1, 'excludedTypes': []}, **order['gpu']),
            'workers': workers, 'scaling': order['scaling'], 'dataCenterIds': order.get('dataCenterIds', []),
            'networkVolumes': order.get('networkVolumes', []), 'timeout': order.get('timeout', 300000),
            'flashboot': order.get('flashboot', 'OFF'), 'createdAt': format_iso(time.time()),
            'requestUrls': {name: 'https://api.runpod.ai/v2/%s/%s' % (identifier, end) for name, end in (
                ('run', 'run'), ('runSync', 'runsync'), ('status', 'status/{job_id}'), ('stream', 'stream/{job_id}'),
                ('cancel', 'cancel/{job_id}'), ('retry', 'retry/{job_id}'), ('purgeQueue', 'purge-queue'), ('health', 'health'))}}}

    def own_endpoint(self, request, identifier, changes=False):
        if changes:
            self.authorize_change(request)
        else:
            self.authorize(request)
        if identifier not in self.endpoints:
            raise Refusal(problem(404, 'Not Found', 'resource not found'))
        return self.endpoints[identifier]

    @staticmethod
    def check_endpoint(body):
        workers = body.get('workers', {})
        idle = workers.get('idleTimeout', 10)
        scaling = body.get('scaling', {'type': 'QUEUE_DELAY', 'queueDelay': 4})
        wrong = ["$.workers: additional properties '%s' not allowed" % name for name in workers if name not in ('min', 'max', 'idleTimeout')]
        if not isinstance(idle, int) or not 1 <= idle <= 3600:
            wrong.append('$.workers.idleTimeout: out of range')
        if scaling.get('type') == 'QUEUE_DELAY' and not scaling.get('queueDelay', 0) >= 0.5:
            wrong.append('$.scaling.queueDelay: out of range')
        if wrong:
            raise Refusal(problem(422, 'Unprocessable Entity', 'the request body does not match its schema', wrong))

    def list_endpoints(self, request):
        self.authorize(request)
        return answer_ok({'endpoints': [endpoint['described'] for endpoint in self.endpoints.values()]})

    def create_endpoint(self, request):
        key = self.authorize_change(request)
        body = read_body(request, ENDPOINT, ('name', 'type', 'scaling', 'image'))
        self.check_endpoint(body)
        if 'cpu' in body or not body.get('gpu', {}).get('pools'):
            return problem(400, 'Bad Request', 'exactly one of gpu and cpu is required')
        if set(body['gpu']['pools']) - {kind['pool'] for kind in self.gpus}:
            return problem(400, 'Bad Request', 'unknown GPU pool')
        if key == 'rpa_test_poor':
            return problem(402, 'Payment Required', 'insufficient balance')
        self.count += 1
        endpoint = self.make_endpoint('endpoint%d' % self.count, 'generic', body)
        self.endpoints[endpoint['id']] = endpoint
        return answer_ok(endpoint['described'], 201)

    def get_endpoint(self, request, identifier):
        return answer_ok(self.own_endpoint(request, identifier)['described'])

    def change_endpoint(self, request, identifier):
        described = self.own_endpoint(request, identifier, changes=True)['described']
        body = read_body(request, ENDPOINT)
        self.check_endpoint(body)
        workers = dict(described['workers'], **body.get('workers', {}))
        if workers['min'] > workers['max']:
            return problem(400, 'Bad Request', 'workers.min is above workers.max')
        described.update(body, workers=workers)
        self.capacity_changed()
        return answer_ok(described)

    def delete_endpoint(self, request, identifier):
        self.own_endpoint(request, identifier, changes=True)
        del self.endpoints[identifier]
        return Answer(204, headers=RATE_HEADERS)

    def list_workers(self, request, identifier):
        self.own_endpoint(request, identifier)
        summary = self.count_workers(identifier)
        states = [name.upper() for name in summary for _ in range(summary[name])]
        return answer_ok({'workers': [{'id': 'worker%d' % number, 'status': state, 'isStale': False, 'gpuCount': 1}
                                      for number, state in enumerate(states)], 'summary': dict(summary, total=len(states))})

    def worker_logs(self, request, identifier, worker):
        self.own_endpoint(request, identifier)
        if worker not in ['worker%d' % number for number in range(sum(self.count_workers(identifier).values()))]:
            return problem(404, 'Not Found', 'resource not found')
        return self.answer_log(['worker is starting', 'Jobs in queue: 0'], int(request.query.get('tail', '100')), time.time())

    # Network volumes

    def own_volume(self, request, identifier):
        self.authorize_change(request)
        if identifier not in self.volumes:
            raise Refusal(problem(404, 'Not Found', 'resource not found'))
        return self.volumes[identifier]

    def list_volumes(self, request):
        self.authorize(request)
        return answer_ok({'networkVolumes': list(self.volumes.values())})

    def create_volume(self, request):
        self.authorize_change(request)
        body = read_body(request, VOLUME, ('name', 'size', 'dataCenter'))
        if not 10 <= body['size'] <= 4096:
            return problem(422, 'Unprocessable Entity', 'the request body does not match its schema', ['$.size: out of range'])
        self.count += 1
        volume = dict({'id': 'volume%d' % self.count, 'type': 'STANDARD'}, **body)
        self.volumes[volume['id']] = volume
        return answer_ok(volume, 201)

    def change_volume(self, request, identifier):
        volume = self.own_volume(request, identifier)
        body = read_body(request, {'name': str, 'size': int})
        if body.get('size', volume['size']) < volume['size']:
            return problem(400, 'Bad Request', 'size may only increase')
        volume.update(body)
        return answer_ok(volume)

    def delete_volume(self, request, identifier):
        del self.volumes[self.own_volume(request, identifier)['id']]
        return Answer(204, headers=RATE_HEADERS)

    def list_pod_jobs(self):
        return [{'id': pod.id, 'state': pod.status(), 'billing': pod.status() not in ('EXITED', 'TERMINATED'),
                 'input': dict(pod.order, args=pod.command)} for pod in self.pods.values()]
