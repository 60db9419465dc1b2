# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lambda Cloud: SSH keys, instance types, instances, file systems.

    http://HOST/lambda/api/v1  stands for https://cloud.lambda.ai/api/v1
    http://HOST/lambda-store   stands for the user's own store of reports

Written from the vendor's OpenAPI document 1.10.0, read on 2026-11-21. The region us-west-1 is listed as having capacity for gpu_1x_a10, and has
none when somebody launches there. There is a file system `weights` in us-east-1.
Keys: lambda_test_good, lambda_test_poor (quota), lambda_test_busy (429), lambda_test_inactive (403).
"""

import hashlib
import re
import time

from machine import Machine, fetch_file
from server import Answer, Provider, Refusal, format_iso

KEYS = ('lambda_test_good', 'lambda_test_poor', 'lambda_test_busy', 'lambda_test_inactive')
PLACES = {'us-west-1': 'California, USA', 'us-east-1': 'Virginia, USA', 'europe-central-1': 'Germany'}
TAKEN = ('gpu_1x_a10', 'us-west-1')


def kind(name, gpu, cents, gpus, places):
    return {'instance_type': {'name': name, 'description': '%dx %s' % (gpus, gpu), 'gpu_description': gpu, 'price_cents_per_hour': cents,
                              'specs': {'vcpus': 30 * gpus, 'memory_gib': 200 * gpus, 'storage_gib': 1400, 'gpus': gpus}},
            'regions_with_capacity_available': [{'name': place, 'description': PLACES[place]} for place in places]}


TYPES = {entry['instance_type']['name']: entry for entry in (
    kind('gpu_1x_a10', 'A10 (24 GB PCIe)', 75, 1, ['us-west-1', 'us-east-1']),
    kind('gpu_1x_a6000', 'A6000 (48 GB)', 109, 1, ['us-east-1']),
    kind('gpu_8x_h100_sxm5', 'H100 (80 GB SXM5)', 3192, 8, ['europe-central-1']),
    kind('gpu_1x_gh200', 'GH200 (96 GB)', 229, 1, []),
    kind('cpu_4x_general', 'N/A', 20, 0, ['us-east-1']))}


class Lambda(Provider):
    name = 'lambda'
    prefixes = ('/lambda/', '/lambda-store/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.file_systems = {'weights': self.make_file_system('weights', 'us-east-1')}
        api = '/lambda/api/v1'
        self.routes = [
            ('GET', api + '/ssh-keys', self.ssh_keys),
            ('GET', api + '/instance-types', self.types),
            ('GET', api + '/instances', self.list),
            ('GET', api + '/instances/([^/]+)', self.get),
            ('POST', api + '/instance-operations/launch', self.launch),
            ('POST', api + '/instance-operations/terminate', self.terminate),
            ('GET', api + '/file-systems', self.list_file_systems),
            ('POST', api + '/filesystems', self.create_file_system),
            ('DELETE', api + '/filesystems/([^/]+)', self.delete_file_system),
            ('GET', '/lambda-store/.*', lambda request: fetch_file(self.jobs.values(), request)),
        ]

    @staticmethod
    def error(status, code, message, **more):
        return Answer(status, {'error': dict({'code': code, 'message': message}, **more)})

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, b'slow down', 'text/plain', headers)

    def authorize(self, request, changes=False):
        key = request.bearer()
        if key not in KEYS:
            raise Refusal(self.error(401, 'global/invalid-api-key', 'API key was invalid, expired, or deleted.',
                                     suggestion='Check your API key or create a new one, then try again.'))
        if key == 'lambda_test_busy':
            raise Refusal(self.throttled(1))
        if key == 'lambda_test_inactive' and changes:
            raise Refusal(self.error(403, 'global/account-inactive', 'Your account is inactive.',
                                     suggestion='Make sure you have verified your email address and have a valid payment method.'))
        return key

    def ssh_keys(self, request):
        self.authorize(request)
        return Answer(200, {'data': [{'id': 'ddf9a910ceb744a0bb95242cbba6cb50', 'name': 'my-public-key', 'public_key': 'ssh-ed25519 AAAA'}]})

    def types(self, request):
        self.authorize(request)
        return Answer(200, {'data': {name: self.priced(entry) for name, entry in TYPES.items()}})

    def priced(self, entry):
        """A type as it is today: what it costs is the control's to change."""
        cents = round(entry['instance_type']['price_cents_per_hour'] * self.emulator.setting('price_factor', 1))
        hidden = {'regions_with_capacity_available': []} if self.emulator.no_capacity else {}
        return dict(entry, instance_type=dict(entry['instance_type'], price_cents_per_hour=cents), **hidden)

    @staticmethod
    def make_file_system(name, place):
        return {'id': hashlib.md5(name.encode()).hexdigest(), 'name': name, 'mount_point': '/lambda/nfs/' + name, 'created': format_iso(time.time()), 'is_in_use': False,
                'created_by': {'id': '3da5a70a57a7422ea8a7203f98b2198b', 'email': 'good@example.com', 'status': 'active'},
                'region': {'name': place, 'description': PLACES[place]}}

    def list_file_systems(self, request):
        self.authorize(request)
        return Answer(200, {'data': list(self.file_systems.values())})

    def create_file_system(self, request):
        self.authorize(request, changes=True)
        body = request.json()
        name = body.get('name', '') if isinstance(body, dict) else ''
        if re.fullmatch('[a-zA-Z]+[0-9a-zA-Z-]*', name) is None or body.get('region') not in PLACES:
            return self.error(400, 'global/invalid-parameters', 'Invalid request data.')
        if name in self.file_systems:
            return self.error(400, 'global/duplicate', 'A filesystem of this name exists.')
        self.file_systems[name] = self.make_file_system(name, body['region'])
        return Answer(200, {'data': self.file_systems[name]})

    def delete_file_system(self, request, identifier):
        self.authorize(request, changes=True)
        name = next((name for name, entry in self.file_systems.items() if entry['id'] == identifier), None)
        if name is None:
            return self.error(404, 'global/object-does-not-exist', 'Filesystem was not found.')
        if any(name in job.order.get('file_system_names', []) and not job.is_gone for job in self.jobs.values()):
            return self.error(400, 'filesystems/filesystem-in-use', 'The filesystem is in use.')
        return Answer(200, {'data': {'deleted_ids': [self.file_systems.pop(name)['id']]}})

    def check_file_systems(self, body):
        """They have to be there, and where the machine is."""
        for name in body.get('file_system_names', []):
            if name not in self.file_systems:
                return self.error(404, 'global/object-does-not-exist', 'The file system %s does not exist.' % name, suggestion='Check its name.')
            if self.file_systems[name]['region']['name'] != body['region_name']:
                return self.error(400, 'instance-operations/launch/file-system-in-wrong-region', 'The file system is in another region.')
        return None

    def check_launch(self, body):
        """What is wrong with it, or None."""
        if not isinstance(body, dict) or body.get('instance_type_name') not in TYPES or body.get('region_name') not in PLACES:
            return self.error(400, 'global/invalid-parameters', 'Invalid request data.')
        if body.get('ssh_key_names') != ['my-public-key']:
            return self.error(404, 'global/object-does-not-exist', 'The SSH key does not exist.')
        if len(body.get('name', '')) > 64 or len(body.get('user_data', '')) > 1024 * 1024 or body.get('quantity', 1) != 1:
            return self.error(400, 'global/invalid-parameters', 'Invalid request data.')
        return self.check_file_systems(body)

    def launch(self, request):
        key = self.authorize(request, changes=True)
        body = request.json()
        wrong = self.check_launch(body)
        if wrong is not None:
            return wrong
        if key == 'lambda_test_poor':
            return self.error(400, 'global/quota-exceeded', 'Quota exceeded.', suggestion='Contact Support to increase your quota.')
        kind_of, place = body['instance_type_name'], body['region_name']
        free = [entry['name'] for entry in TYPES[kind_of]['regions_with_capacity_available']]
        if self.emulator.no_capacity or place not in free or (kind_of, place) == TAKEN:
            return self.error(400, 'instance-operations/launch/insufficient-capacity', 'Not enough capacity to fulfill launch request.')
        return self.make(key, body)

    def make(self, key, body):
        job = Machine(self.emulator, key, body, wait_s=200.0, run_s=60.0)
        wrong = job.read_script(body['user_data']) if 'user_data' in body else None
        if wrong is not None:
            return self.error(400, 'global/invalid-parameters', wrong)
        job.id = job.id.replace('-', '')
        self.jobs[job.id] = job
        return Answer(200, {'data': {'instance_ids': [job.id]}})

    @staticmethod
    def status(job):
        if job.is_gone:
            return 'terminated'
        return 'booting' if job.clock.now() < job.created + job.wait_s / 2 else 'active'

    def describe(self, job):
        status = self.status(job)
        able = {'available': True}
        blocked = {'available': False, 'reason_code': 'vm-is-terminating', 'reason_description': 'It is being terminated.'}
        place = job.order['region_name']
        answer = {'id': job.id, 'name': job.order.get('name', ''), 'status': status, 'ssh_key_names': job.order['ssh_key_names'],
                  'file_system_names': job.order.get('file_system_names', []), 'region': {'name': place, 'description': PLACES[place]},
                  'instance_type': TYPES[job.order['instance_type_name']]['instance_type'], 'tags': [],
                  'actions': {name: blocked if job.is_gone else able
                              for name in ('migrate', 'rebuild', 'restart', 'cold_reboot', 'terminate')}}
        if status == 'active':
            answer.update(ip='198.51.100.2', private_ip='10.0.2.100', hostname='host-1')
        return dict(answer, **job.outcome.get('is', {}))

    def list(self, request):
        key = self.authorize(request)
        return Answer(200, {'data': [self.describe(job) for job in self.jobs.values() if job.owner == key and not job.is_gone]})

    def find(self, request, identifier, changes=False):
        key = self.authorize(request, changes)
        job = self.jobs.get(identifier)
        if job is None or job.owner != key:
            raise Refusal(self.error(404, 'global/object-does-not-exist', 'Specified instance does not exist.'))
        return job

    def get(self, request, identifier):
        return Answer(200, {'data': self.describe(self.find(request, identifier))})

    def terminate(self, request):
        body = request.json()
        ids = body.get('instance_ids') if isinstance(body, dict) else None
        if not ids:
            return self.error(400, 'global/invalid-parameters', 'Invalid request data.')
        jobs = [self.find(request, identifier, changes=True) for identifier in ids]
        for job in jobs:
            job.cancel()
            job.is_gone = True
        return Answer(200, {'data': {'terminated_instances': [self.describe(job) for job in jobs]}})

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': self.status(job), 'billing': not job.is_gone,
                 'input': {**job.order, 'user_data': job.command}} for job in self.jobs.values()]


PROVIDER = Lambda
