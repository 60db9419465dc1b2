# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubernetes: jobs of batch/v1 and their pods, as far as somebody who sends jobs sees them.

    http://HOST/k8s  stands for the address of a cluster

Written from kubernetes/api and kubernetes/apimachinery (types, reasons, Status), and from pkg/registry/batch/job of kubernetes/kubernetes for what
a deletion without a propagation policy does (the pods go on), read on 2026-11-21.
Tokens: k8s_test_good, k8s_test_full (the quota of jobs is used up), k8s_test_pods_full (that of pods is), k8s_test_readonly, k8s_test_busy (429).
Over TLS the client certificate of "renderer" is as good as the first token. Namespaces: default, render. An image that begins with missing/ cannot be pulled. {"next": {"fail": reason}} ends a pod so: OOMKilled,
DeadlineExceeded, Evicted, or any text, which is its message.
"""

import re

from server import Answer, Provider, Refusal, TimedJob

NAMESPACES = ('default', 'render')
CERTIFIED = ('renderer',)
NODES = [('node-a', {'gpu.nvidia.com/class': 'H100_NVLINK_80GB'}, 8), ('node-b', {'gpu.nvidia.com/class': 'A40'}, 4)]
NAME = re.compile(r'[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?')
QUANTITY = re.compile(r'[0-9.]+(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?')


def status(code, reason, message, headers=None, **details):
    body = {'kind': 'Status', 'apiVersion': 'v1', 'metadata': {}, 'status': 'Failure', 'message': message, 'reason': reason, 'code': code}
    if details:
        body['details'] = details
    return Answer(code, body, headers=headers)


class Kubernetes(Provider):
    name = 'kubernetes'
    prefixes = ('/k8s/',)
    hardware = NODES
    keys = ('k8s_test_good', 'k8s_test_full', 'k8s_test_pods_full', 'k8s_test_readonly', 'k8s_test_busy')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.taken = []
        base = self.prefixes[0].rstrip('/')
        jobs = base + r'/apis/batch/v1/namespaces/([^/]+)/jobs'
        core = base + r'/api/v1/namespaces/([^/]+)'
        self.routes = [
            ('GET', base + '/version', self.version),
            ('POST', base + '/apis/authentication.k8s.io/v1/selfsubjectreviews', self.who),
            ('POST', base + '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', self.may),
            ('GET', base + '/api/v1/nodes', self.nodes),
            ('POST', jobs, self.create),
            ('GET', jobs, self.list),
            ('GET', jobs + '/([^/]+)', self.get),
            ('DELETE', jobs + '/([^/]+)', self.delete),
            ('GET', core + '/pods', self.pods),
            ('GET', core + '/pods/([^/]+)/log', self.log),
            ('GET', core + '/events', self.events),
            ('GET', core + '/resourcequotas', self.quotas),
        ]

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return status(429, 'TooManyRequests', 'Too many requests, please try again later.', headers=headers)

    def authorize(self, request, verb=None, resource=None, namespace=None):
        # A certificate is looked at first, as by the server itself.
        key = self.keys[0] if request.peer in CERTIFIED else request.bearer()
        if key not in self.keys:
            raise Refusal(status(401, 'Unauthorized', 'Unauthorized'))
        if key.endswith('_busy'):
            raise Refusal(self.throttled(1))
        if key.endswith('_readonly') and verb in ('create', 'delete'):
            raise Refusal(status(403, 'Forbidden', '%s is forbidden: User "reader" cannot %s resource "jobs" in API group "batch" in the namespace "%s"'
                                 % (resource, verb, namespace), group='batch', kind='jobs'))
        return key

    # Who is it, and what may it do

    def version(self, request):
        return Answer(200, {'major': '1', 'minor': '33', 'gitVersion': 'v1.33.2', 'platform': 'linux/amd64'})

    def who(self, request):
        self.authorize(request)
        body = request.json()
        if not isinstance(body, dict) or body.get('kind') != 'SelfSubjectReview':
            return status(400, 'BadRequest', 'the object provided is unrecognized')
        return Answer(201, dict(body, status={'userInfo': {'username': 'system:serviceaccount:default:stoker', 'groups': ['system:authenticated']}}))

    def may(self, request):
        key = self.authorize(request)
        body = request.json()
        wanted = ((body or {}).get('spec') or {}).get('resourceAttributes')
        if not isinstance(wanted, dict):
            return status(422, 'Invalid', 'exactly one of nonResourceAttributes or resourceAttributes must be specified')
        is_allowed = wanted.get('namespace') in NAMESPACES and not (key.endswith('_readonly') and wanted.get('verb') in ('create', 'delete'))
        return Answer(201, dict(body, status={'allowed': is_allowed, 'reason': '' if is_allowed else 'no rule allows it'}))

    def nodes(self, request):
        self.authorize(request)
        items = [{'metadata': {'name': name, 'labels': labels}, 'spec': {},
                  'status': {'allocatable': {'cpu': '64', 'nvidia.com/gpu': str(gpus)}, 'conditions': [{'type': 'Ready', 'status': 'True'}]}}
                 for name, labels, gpus in self.hardware]
        return Answer(200, {'kind': 'NodeList', 'apiVersion': 'v1', 'metadata': {}, 'items': items})

    def quotas(self, request, namespace):
        """Only one namespace has a quota."""
        self.authorize(request)
        used = sum(1 for job in self.taken if job.namespace == namespace and job.are_pods_left and self.phase(job) in ('Pending', 'Running'))
        items = [{'metadata': {'name': 'render', 'namespace': namespace}, 'spec': {'hard': {'requests.nvidia.com/gpu': '8'}},
                  'status': {'hard': {'requests.nvidia.com/gpu': '8'}, 'used': {'requests.nvidia.com/gpu': str(used)}}}] if namespace == 'render' else []
        return Answer(200, {'kind': 'ResourceQuotaList', 'apiVersion': 'v1', 'metadata': {}, 'items': items})

    # Jobs

    def check_job(self, body, namespace):
        if namespace not in NAMESPACES:
            return status(404, 'NotFound', 'namespaces "%s" not found' % namespace, name=namespace, kind='namespaces')
        if not isinstance(body, dict) or body.get('kind') != 'Job' or body.get('apiVersion') != 'batch/v1':
            return status(400, 'BadRequest', 'the object provided is unrecognized (must be of type Job)')
        name = body.get('metadata', {}).get('name', '')
        template = body.get('spec', {}).get('template', {}).get('spec', {})
        containers = template.get('containers') or [{}]
        causes = []
        if NAME.fullmatch(name) is None:
            causes.append('metadata.name: Invalid value: "%s": a lowercase RFC 1123 label' % name)
        if template.get('restartPolicy') not in ('Never', 'OnFailure'):
            causes.append('spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"')
        for field in ('name', 'image'):
            if not containers[0].get(field):
                causes.append('spec.template.spec.containers[0].%s: Required value' % field)
        causes += self.check_resources(containers[0].get('resources', {}))
        if causes:
            return status(422, 'Invalid', 'Job.batch "%s" is invalid: %s' % (name, ', '.join(causes)), name=name, group='batch', kind='Job')
        return None

    @staticmethod
    def check_resources(resources):
        pairs = [(part, name, value) for part in ('requests', 'limits') for name, value in (resources.get(part) or {}).items()]
        return ['spec.template.spec.containers[0].resources.%s[%s]: Invalid value' % (part, name) for part, name, value in pairs
                if not isinstance(value, str) or QUANTITY.fullmatch(value) is None]

    def create(self, request, namespace):
        key = self.authorize(request, 'create', 'jobs.batch', namespace)
        body = request.json()
        mistake = self.check_job(body, namespace)
        if mistake is not None:
            return mistake
        name = body['metadata']['name']
        if (namespace, name) in self.jobs:
            return status(409, 'AlreadyExists', 'jobs.batch "%s" already exists' % name, name=name, group='batch', kind='jobs')
        if key.endswith('test_full'):
            return status(403, 'Forbidden', 'jobs.batch "%s" is forbidden: exceeded quota: render, requested: count/jobs.batch=1, used: '
                                            'count/jobs.batch=5, limited: count/jobs.batch=5' % name, name=name, group='batch', kind='jobs')
        if request.query.get('dryRun') == 'All':
            return Answer(201, body)
        job = TimedJob(self.emulator, key, body)
        job.namespace, job.name, job.is_gone, job.are_pods_left = namespace, name, False, True
        job.limit_s = body['spec'].get('activeDeadlineSeconds')
        if not self.fits(job):
            job.starts = job.ends = None
        self.jobs[namespace, name] = job
        self.taken.append(job)
        return Answer(201, self.describe(job))

    def find(self, request, namespace, name, verb='get'):
        self.authorize(request, verb, 'jobs.batch "%s"' % name, namespace)
        job = self.jobs.get((namespace, name))
        if job is None:
            raise Refusal(status(404, 'NotFound', 'jobs.batch "%s" not found' % name, name=name, group='batch', kind='jobs'))
        return job

    @staticmethod
    def image(job):
        return job.order['spec']['template']['spec']['containers'][0]['image']

    def fits(self, job):
        """Whether there is a node that its selector means, with as many GPUs as it asks for."""
        pod = job.order['spec']['template']['spec']
        selector = pod.get('nodeSelector') or {}
        gpus = int(pod['containers'][0].get('resources', {}).get('limits', {}).get('nvidia.com/gpu', 0))
        return any(selector.items() <= labels.items() and gpus <= there for _, labels, there in self.hardware)

    def phase(self, job):
        """As the pod says it."""
        if job.owner.endswith('_pods_full'):
            return None
        phase = job.phase()
        if phase == 'waiting' or self.image(job).startswith('missing/'):
            return 'Pending'
        return {'running': 'Running', 'done': 'Succeeded', 'failed': 'Failed'}.get(phase, 'Running')

    def describe(self, job):
        answer = dict(job.order, metadata=dict(job.order['metadata'], uid=job.id, namespace=job.namespace, creationTimestamp=job.date(job.created)))
        phase = self.phase(job)
        outcome = job.outcome.get('fail')
        answer['status'] = {'startTime': job.date(job.created)}
        if phase in ('Pending', 'Running'):
            answer['status'].update(active=1, ready=int(phase == 'Running'))
        if phase == 'Succeeded':
            answer['status'].update(succeeded=1, completionTime=job.date(job.ends), conditions=[
                {'type': 'SuccessCriteriaMet', 'status': 'True', 'reason': 'CompletionsReached'},
                {'type': 'Complete', 'status': 'True', 'reason': 'CompletionsReached', 'message': 'Reached expected number of succeeded pods'}])
        if phase == 'Failed':
            is_late = outcome == 'DeadlineExceeded'
            reason = 'DeadlineExceeded' if is_late else 'BackoffLimitExceeded'
            message = 'Job was active longer than specified deadline' if is_late else 'Job has reached the specified backoff limit'
            answer['status'].update(failed=1, conditions=[{'type': kind, 'status': 'True', 'reason': reason, 'message': message}
                                                          for kind in ('FailureTarget', 'Failed')])
        return answer

    def get(self, request, namespace, name):
        return Answer(200, self.describe(self.find(request, namespace, name)))

    def list(self, request, namespace):
        self.authorize(request)
        return Answer(200, {'kind': 'JobList', 'apiVersion': 'batch/v1', 'metadata': {},
                            'items': [self.describe(job) for job in self.jobs.values() if job.namespace == namespace]})

    def delete(self, request, namespace, name):
        """Without a policy the pods are left behind, and go on."""
        job = self.find(request, namespace, name, 'delete')
        options = request.json() or {}
        policy = request.query.get('propagationPolicy', options.get('propagationPolicy', 'Orphan'))
        job.is_gone = True
        del self.jobs[namespace, name]
        warning = {}
        if policy == 'Orphan':
            warning['Warning'] = '299 - "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them"'
        else:
            job.are_pods_left = False
            job.cancel()
        return Answer(200, {'kind': 'Status', 'apiVersion': 'v1', 'metadata': {}, 'status': 'Success',
                            'details': {'name': name, 'group': 'batch', 'kind': 'jobs', 'uid': job.id}}, headers=warning)

    # Pods

    def pod_status(self, job):
        phase = self.phase(job)
        outcome = job.outcome.get('fail')
        answer = {'phase': phase}
        box = {'name': 'main', 'image': self.image(job), 'ready': phase == 'Running', 'restartCount': 0}
        if phase == 'Pending' and job.starts is None:
            nodes = len(self.hardware)
            why = 'Insufficient nvidia.com/gpu' if self.fits(job) else "node(s) didn't match Pod's node affinity/selector"
            return dict(answer, conditions=[{'type': 'PodScheduled', 'status': 'False', 'reason': 'Unschedulable',
                                             'message': '0/%d nodes are available: %d %s.' % (nodes, nodes, why)}])
        if phase == 'Pending':
            is_missing = self.image(job).startswith('missing/')
            waiting = {'reason': 'ImagePullBackOff', 'message': 'Back-off pulling image "%s"' % self.image(job)} if is_missing \
                else {'reason': 'ContainerCreating'}
            return dict(answer, conditions=[{'type': 'PodScheduled', 'status': 'True'}], containerStatuses=[dict(box, state={'waiting': waiting})])
        if phase == 'Running':
            return dict(answer, containerStatuses=[dict(box, state={'running': {'startedAt': job.date(job.starts)}})])
        if outcome == 'Evicted':
            return dict(answer, reason='Evicted', message='The node was low on resource: memory.')
        end = {'startedAt': job.date(job.starts), 'finishedAt': job.date(job.ends), 'exitCode': 0, 'reason': 'Completed'}
        if outcome is not None:
            end.update(exitCode=137 if outcome == 'OOMKilled' else 1, reason='OOMKilled' if outcome == 'OOMKilled' else 'Error', message=outcome)
        return dict(answer, containerStatuses=[dict(box, state={'terminated': end})])

    def pods(self, request, namespace):
        self.authorize(request)
        selector = dict(part.partition('=')[::2] for part in request.query.get('labelSelector', '').split(',') if part)
        wanted = selector.get('batch.kubernetes.io/job-name', selector.get('job-name'))
        found = [job for job in self.taken if job.namespace == namespace and job.are_pods_left and wanted in (None, job.name) and
                 self.phase(job) is not None]
        items = [{'metadata': {'name': job.name + '-x7k2p', 'namespace': namespace, 'labels': {'batch.kubernetes.io/job-name': job.name}},
                  'spec': job.order['spec']['template']['spec'], 'status': self.pod_status(job)} for job in found]
        return Answer(200, {'kind': 'PodList', 'apiVersion': 'v1', 'metadata': {}, 'items': items})

    def log(self, request, namespace, pod):
        self.authorize(request)
        job = next((job for job in self.taken if job.namespace == namespace and job.are_pods_left and job.name + '-x7k2p' == pod), None)
        if job is None:
            return status(404, 'NotFound', 'pods "%s" not found' % pod, name=pod, kind='pods')
        if self.phase(job) == 'Pending':
            return status(400, 'BadRequest', 'container "main" in pod "%s" is waiting to start: ContainerCreating' % pod)
        steps = int(job.progress() * 20)
        lines = ['%d%%|%s| %d/20' % (step * 5, '#' * step, step) for step in range(steps + 1)]
        return Answer(200, '\n'.join(lines + ['']).encode(), 'text/plain')

    def events(self, request, namespace):
        self.authorize(request)
        items = []
        if 'FailedCreate' in request.query.get('fieldSelector', ''):
            items = [{'reason': 'FailedCreate', 'type': 'Warning', 'involvedObject': {'kind': 'Job', 'name': job.name},
                      'message': 'Error creating: pods "%s-x7k2p" is forbidden: exceeded quota: render, requested: requests.nvidia.com/gpu=1, '
                                 'used: requests.nvidia.com/gpu=8, limited: requests.nvidia.com/gpu=8' % job.name}
                     for job in self.jobs.values() if job.owner.endswith('_pods_full') and job.namespace == namespace]
        return Answer(200, {'kind': 'EventList', 'apiVersion': 'v1', 'metadata': {}, 'items': items})

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                if self.fits(job):
                    job.schedule()

    def list_jobs(self):
        return [{'id': job.name, 'state': job.phase(), 'input': job.order, 'deleted': job.is_gone,
                 'billing': job.are_pods_left and self.phase(job) in ('Pending', 'Running')} for job in self.taken]


PROVIDER = Kubernetes
