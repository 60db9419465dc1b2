# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud Run jobs, Vertex AI custom jobs and endpoints, and Cloud Logging, for providers/google_cloud.py."""

import base64
import re
import uuid

from server import Answer, Refusal, TimedJob, make_png

ACCELERATORS = {'nvidia-l4': ('4', '16Gi'), 'nvidia-rtx-pro-6000': ('20', '80Gi')}
# Names and numbers of the vendor's protocol buffers: a client may send either.
KINDS = {'NVIDIA_TESLA_V100': 3, 'NVIDIA_TESLA_T4': 5, 'NVIDIA_TESLA_A100': 8, 'NVIDIA_A100_80GB': 9, 'NVIDIA_L4': 11}
STRATEGIES = {'STANDARD': 3, 'SPOT': 4}
ENDPOINT = '4242'


def refuse(code, status, message):
    """As the newer interfaces do: google.rpc.Status."""
    return Answer(code, {'error': {'code': code, 'message': message, 'status': status}})


def gone(name):
    return Refusal(refuse(404, 'NOT_FOUND', "Resource '%s' was not found." % name))


def count_seconds(text):
    match = re.fullmatch(r'([0-9]+)s', text if isinstance(text, str) else '')
    return int(match.group(1)) if match else None


def is_environment(pairs):
    return all(isinstance(pair, dict) and set(pair) == {'name', 'value'} for pair in pairs)


class CloudRun:
    """A job is a definition, what runs is an execution of it."""

    def add_run_routes(self):
        place = r'/gcp-host/run.googleapis.com/v2/projects/([^/]+)/locations/([^/]+)'
        self.definitions = {}
        self.routes += [
            ('POST', place + r'/jobs', self.create_job),
            ('GET', place + r'/operations/([^/]+)', self.run_operation),
            ('POST', place + r'/jobs/([^/]+):run', self.run_job),
            ('DELETE', place + r'/jobs/([^/]+)', self.delete_job),
            ('GET', place + r'/jobs/([^/]+)/executions', self.executions),
            ('GET', place + r'/jobs/([^/]+)/executions/([^/:]+)', self.execution),
            ('POST', place + r'/jobs/([^/]+)/executions/([^/:]+):cancel', self.cancel_execution),
            ('GET', place + r'/jobs/([^/]+)/executions/([^/]+)/tasks', self.tasks),
        ]

    @staticmethod
    def check_definition(body):
        template = body.get('template', {}).get('template', {}) if isinstance(body, dict) else {}
        containers = template.get('containers', [])
        if len(containers) != 1 or not containers[0].get('image') or not is_environment(containers[0].get('env', [])):
            return 'containers: one with an image is needed'
        limits = containers[0].get('resources', {}).get('limits', {})
        wanted = ACCELERATORS.get(template.get('nodeSelector', {}).get('accelerator'))
        if wanted is None or limits != {'cpu': wanted[0], 'memory': wanted[1], 'nvidia.com/gpu': '1'}:
            return 'resources.limits do not go with the accelerator'
        if count_seconds(template.get('timeout')) is None or template.get('maxRetries') != 0:
            return 'timeout is a Duration'
        return None

    def create_job(self, request, project, region):
        account = self.authorize(request, project, True)
        body, name = request.json(), request.query.get('jobId', '')
        mistake = self.check_definition(body)
        if re.fullmatch(r'[a-z]([-a-z0-9]{0,61}[a-z0-9])?', name) is None or mistake is not None:
            return refuse(400, 'INVALID_ARGUMENT', mistake or 'jobId is not valid')
        if name in self.definitions:
            return refuse(409, 'ALREADY_EXISTS', "Resource '%s' already exists." % name)
        operation = 'projects/%s/locations/%s/operations/%s' % (project, region, uuid.uuid4())
        if account == 'full':
            self.operations[operation] = {'name': operation, 'done': True, 'error': {
                'code': 8, 'message': "Quota exceeded for total allowable count of GPUs per project per region: NvidiaL4GpuAllocNoZonalRedundancyPerProjectRegion"}}
            return Answer(200, {'name': operation, 'done': False})
        self.definitions[name] = body
        self.operations[operation] = {'name': operation, 'done': True, 'response': {'name': name}}
        return Answer(200, {'name': operation, 'done': False})

    def run_operation(self, request, project, region, name):
        self.authorize(request, project)
        path = 'projects/%s/locations/%s/operations/%s' % (project, region, name)
        operation = self.operations.get(path)
        if operation is None:
            raise gone(name)
        return Answer(200, self.describe_run(path, operation) if isinstance(operation, TimedJob) else operation)

    def describe_run(self, path, job):
        """The operation of a run goes on as long as its execution."""
        return {'name': path, 'done': job.phase() not in ('waiting', 'running'), 'metadata': self.describe_execution(job)}

    def run_job(self, request, project, region, name):
        account = self.authorize(request, project, True)
        if name not in self.definitions:
            raise gone(name)
        job = TimedJob(self.emulator, account, self.definitions[name])
        job.name, job.kind, job.deleted = name, 'run', None
        job.path = 'projects/%s/locations/%s/jobs/%s/executions/%s-%s' % (project, region, name, name[:40], job.id[:5])
        self.taken.append(job)
        operation = 'projects/%s/locations/%s/operations/%s' % (project, region, uuid.uuid4())
        self.operations[operation] = job
        return Answer(200, self.describe_run(operation, job))

    def delete_job(self, request, project, region, name):
        self.authorize(request, project, True)
        if self.definitions.pop(name, None) is None:
            raise gone(name)
        for job in self.taken:
            if getattr(job, 'kind', '') == 'run' and job.name == name:
                job.cancel()
        return Answer(200, {'name': 'projects/%s/locations/%s/operations/%s' % (project, region, uuid.uuid4()), 'done': True})

    @staticmethod
    def describe_execution(job):
        phase = job.phase()
        state = {'waiting': 'CONDITION_PENDING', 'running': 'CONDITION_RECONCILING', 'done': 'CONDITION_SUCCEEDED'}.get(phase, 'CONDITION_FAILED')
        condition = {'type': 'Completed', 'state': state}
        if phase == 'cancelled':
            condition['executionReason'] = 'CANCELLED'
        elif phase == 'failed':
            condition.update(executionReason='NON_ZERO_EXIT_CODE', message='The container exited with an error.')
        answer = {'name': job.path, 'job': job.name, 'conditions': [{'type': 'Started', 'state': 'CONDITION_SUCCEEDED'}, condition], 'taskCount': 1,
                  'runningCount': 1 if phase == 'running' else 0}
        if job.starts is not None and phase in ('running', 'done', 'failed'):
            answer['startTime'] = job.date(job.starts)
        if phase in ('done', 'failed'):
            answer['completionTime'] = job.date(job.ends)
        return answer

    def find_execution(self, request, project, path):
        self.authorize(request, project)
        job = next((job for job in self.taken if getattr(job, 'path', '') == path), None)
        if job is None or job.name not in self.definitions:
            raise gone(path)
        return job

    def executions(self, request, project, region, name):
        self.authorize(request, project)
        if name not in self.definitions:
            raise gone(name)
        found = [self.describe_execution(job) for job in self.taken if getattr(job, 'kind', '') == 'run' and job.name == name]
        return Answer(200, {'executions': found} if found else {})

    def execution(self, request, project, region, name, run):
        path = 'projects/%s/locations/%s/jobs/%s/executions/%s' % (project, region, name, run)
        return Answer(200, self.describe_execution(self.find_execution(request, project, path)))

    def cancel_execution(self, request, project, region, name, run):
        path = 'projects/%s/locations/%s/jobs/%s/executions/%s' % (project, region, name, run)
        job = self.find_execution(request, project, path)
        if job.phase() not in ('waiting', 'running'):
            return refuse(400, 'FAILED_PRECONDITION', 'The execution has already completed.')
        job.cancel()
        return Answer(200, {'name': 'projects/%s/locations/%s/operations/%s' % (project, region, uuid.uuid4()), 'done': False})

    def tasks(self, request, project, region, name, run):
        path = 'projects/%s/locations/%s/jobs/%s/executions/%s' % (project, region, name, run)
        job = self.find_execution(request, project, path)
        result = {'exitCode': int(job.outcome['fail'])} if job.phase() == 'failed' and job.outcome['fail'].isdigit() else {}
        return Answer(200, {'tasks': [{'name': path + '/tasks/0', 'lastAttemptResult': result}]})


class Vertex:
    def add_vertex_routes(self):
        place = r'/gcp-host/us-central1-aiplatform.googleapis.com/v1/projects/([^/]+)/locations/([^/]+)'
        self.routes += [
            ('POST', place + r'/customJobs', self.create_custom_job),
            ('GET', place + r'/customJobs', self.list_custom_jobs),
            ('GET', place + r'/customJobs/([0-9]+)', self.get_custom_job),
            ('POST', place + r'/customJobs/([0-9]+):cancel', self.cancel_custom_job),
            ('GET', place + r'/endpoints/([^/:]+)', self.get_endpoint),
            ('POST', place + r'/endpoints/([^/:]+):predict', self.predict),
            ('POST', r'/gcp-host/logging.googleapis.com/v2/entries:list', self.entries),
        ]

    @staticmethod
    def name_enumerations(body):
        """The order, with names in place of numbers."""
        spec = body.get('jobSpec', {}) if isinstance(body, dict) else {}
        for part, member, known in [(spec.get('scheduling', {}), 'strategy', STRATEGIES)] + \
                [(pool.get('machineSpec', {}), 'acceleratorType', KINDS) for pool in spec.get('workerPoolSpecs', [])]:
            part.update({member: name for name, number in known.items() if part.get(member) == number})
        return body

    @staticmethod
    def check_custom_job(body):
        spec = body.get('jobSpec', {}) if isinstance(body, dict) else {}
        pools = spec.get('workerPoolSpecs', [])
        if not body.get('displayName') or len(pools) != 1 or pools[0].get('replicaCount') != '1':
            return 'displayName and one pool of one replica are needed'
        machine, container = pools[0].get('machineSpec', {}), pools[0].get('containerSpec', {})
        if machine.get('acceleratorType') not in KINDS or machine.get('acceleratorCount') != 1 or not machine.get('machineType'):
            return 'Machine type "%s" is not supported.' % machine.get('machineType')
        if not container.get('imageUri') or not is_environment(container.get('env', [])):
            return 'containerSpec.imageUri is required'
        if count_seconds(spec.get('scheduling', {}).get('timeout')) is None or spec['scheduling'].get('strategy') not in STRATEGIES:
            return 'scheduling is not valid'
        return None

    def create_custom_job(self, request, project, region):
        account = self.authorize(request, project, True)
        body = self.name_enumerations(request.json())
        mistake = self.check_custom_job(body)
        if mistake is not None:
            return refuse(400, 'INVALID_ARGUMENT', mistake)
        if account == 'full':
            return refuse(429, 'RESOURCE_EXHAUSTED', 'The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_training_nvidia_l4_gpus')
        job = TimedJob(self.emulator, account, body)
        job.name, job.kind, job.deleted = body['displayName'], 'vertex', None
        job.path = 'projects/%s/locations/%s/customJobs/%d' % (project, region, uuid.uuid4().int % 10 ** 18)
        self.taken.append(job)
        return Answer(200, self.describe_custom_job(job))

    @staticmethod
    def describe_custom_job(job):
        phase = job.phase()
        state = {'waiting': 'PENDING', 'running': 'RUNNING', 'done': 'SUCCEEDED', 'failed': 'FAILED', 'cancelled': 'CANCELLED'}[phase]
        answer = {'name': job.path, 'displayName': job.name, 'jobSpec': job.order['jobSpec'], 'state': 'JOB_STATE_' + state, 'createTime': job.date(job.created),
                  'labels': job.order.get('labels', {})}
        if job.starts is not None and phase in ('running', 'done', 'failed'):
            answer['startTime'] = job.date(job.starts)
        if phase in ('done', 'failed'):
            answer['endTime'] = job.date(job.ends)
        if phase == 'failed':
            text = job.outcome['fail']
            answer['error'] = {'code': 3, 'message': 'The replica workerpool0-0 exited with a non-zero status of %s.' % text if text.isdigit() else text}
        return answer

    def find_custom_job(self, request, project, region, number):
        self.authorize(request, project)
        path = 'projects/%s/locations/%s/customJobs/%s' % (project, region, number)
        job = next((job for job in self.taken if getattr(job, 'path', '') == path), None)
        if job is None:
            raise gone(path)
        return job

    def get_custom_job(self, request, project, region, number):
        return Answer(200, self.describe_custom_job(self.find_custom_job(request, project, region, number)))

    def list_custom_jobs(self, request, project, region):
        self.authorize(request, project)
        wanted = re.fullmatch(r'display_name="([^"]*)"', request.query.get('filter', ''))
        if wanted is None:
            return refuse(400, 'INVALID_ARGUMENT', 'The filter is not valid.')
        found = [self.describe_custom_job(job) for job in self.taken if getattr(job, 'kind', '') == 'vertex' and job.name == wanted.group(1)]
        return Answer(200, {'customJobs': found} if found else {})

    def cancel_custom_job(self, request, project, region, number):
        self.find_custom_job(request, project, region, number).cancel()
        return Answer(200, {})

    def get_endpoint(self, request, project, region, name):
        self.authorize(request, project)
        if name != ENDPOINT:
            raise gone('endpoints/' + name)
        return Answer(200, {'name': 'projects/%s/locations/%s/endpoints/%s' % (project, region, name), 'displayName': 'painter',
                            'deployedModels': [{'id': '77', 'model': 'projects/%s/locations/%s/models/7' % (project, region)}]})

    def predict(self, request, project, region, name):
        self.authorize(request, project, True)
        if name != ENDPOINT:
            raise gone('endpoints/' + name)
        body = request.json()
        if not isinstance(body, dict) or not isinstance(body.get('instances'), list) or not body['instances']:
            return refuse(400, 'INVALID_ARGUMENT', 'instances is required')
        job = TimedJob(self.emulator, 'stoker', body)
        job.name, job.kind, job.deleted = job.id, 'predict', None
        job.cancel()
        self.taken.append(job)
        pictures = [{'bytesBase64Encoded': base64.b64encode(make_png(seed=index)).decode(), 'mimeType': 'image/png'} for index in range(len(body['instances']))]
        return Answer(200, {'predictions': pictures, 'deployedModelId': '77', 'model': 'projects/1/locations/us-central1/models/7', 'modelVersionId': '1'})

    @staticmethod
    def describe_entry(job, step):
        """A line of its log; an execution of Cloud Run has the others in its path."""
        line = '%d%%|%s| %d/20' % (step * 5, '#' * step, step)
        parts = job.path.split('/')
        resource = {'type': 'ml_job', 'labels': {'job_id': parts[-1], 'project_id': parts[1]}} if job.kind == 'vertex' else \
            {'type': 'cloud_run_job', 'labels': {'job_name': job.name, 'location': parts[3], 'project_id': parts[1]}}
        told = {'jsonPayload': {'message': line}} if job.kind == 'vertex' else {'textPayload': line}
        return dict(told, insertId=str(step), logName='projects/%s/logs/stdout' % parts[1], resource=resource, severity='INFO',
                    timestamp=job.date(job.starts + step / 20 * job.run_s))

    def entries(self, request):
        self.authorize(request)
        body = request.json()
        wanted = body.get('filter', '') if isinstance(body, dict) else ''
        found = [self.describe_entry(job, step) for job in self.taken if hasattr(job, 'path') and '"%s"' % job.path.rpartition('/')[2] in wanted
                 and job.starts is not None and job.phase() != 'waiting' for step in range(int(job.progress() * 20) + 1)]
        return Answer(200, {'entries': found} if found else {})
