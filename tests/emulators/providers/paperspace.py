# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paperspace: session, standing, startup scripts, machines, shared drives and their networks.

    http://HOST/paperspace/v1     stands for https://api.paperspace.com/v1
    http://HOST/paperspace-store  stands for the user's own store of reports

Written from the types that Paperspace/cli generates from the vendor's OpenAPI document (2026-02-08), read on 2026-11-21. Which status a wrong key
gets apart from a session that is null is not in them; here it is 401. The form of a mount point is not in them. There is a drive `sd-weights` in the
network `n-ny2`, both in NY2.
Keys: paperspace_test_good, paperspace_test_poor (no payment method), paperspace_test_busy (429), paperspace_test_readonly (403).
"""

from machine import Machine, fetch_file
from server import Answer, Provider, Refusal, format_iso

KEYS = ('paperspace_test_good', 'paperspace_test_poor', 'paperspace_test_busy', 'paperspace_test_readonly')
RATES = {'A4000': 0.76, 'A100-80G': 3.18, 'H100': 5.95, 'H100x8': 47.60, 'P4000': 0.51}
REGIONS = ('East Coast (NY2)', 'West Coast (CA1)', 'Europe (AMS1)')
NEEDED = ('name', 'machineType', 'templateId', 'diskSize', 'region')
BORN = '2026-01-01T00:00:00.000Z'


class Paperspace(Provider):
    name = 'paperspace'
    prefixes = ('/paperspace/', '/paperspace-store/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.scripts = {}
        self.networks = {'n-ny2': self.make_network('n-ny2', 'office', REGIONS[0])}
        self.drives = {'sd-weights': self.make_drive('sd-weights', {'name': 'weights', 'networkId': 'n-ny2', 'region': REGIONS[0], 'size': 250})}
        self.made = 0
        api = '/paperspace/v1'
        self.routes = [
            ('GET', api + '/auth/session', self.session),
            ('GET', api + '/billing/account-standing', self.standing),
            ('GET', api + '/startup-scripts', self.list_scripts),
            ('POST', api + '/startup-scripts', self.make_script),
            ('DELETE', api + '/startup-scripts/([^/]+)', self.delete_script),
            ('GET', api + '/machines', self.list),
            ('POST', api + '/machines', self.create),
            ('GET', api + '/machines/([^/]+)', self.get),
            ('PATCH', api + '/machines/([^/]+)/stop', self.stop),
            ('DELETE', api + '/machines/([^/]+)', self.delete),
            ('GET', api + '/private-networks', self.list_networks),
            ('POST', api + '/private-networks', self.create_network),
            ('GET', api + '/shared-drives', self.list_drives),
            ('POST', api + '/shared-drives', self.create_drive),
            ('GET', api + '/shared-drives/([^/]+)', self.get_drive),
            ('DELETE', api + '/shared-drives/([^/]+)', self.delete_drive),
            ('GET', '/paperspace-store/.*', lambda request: fetch_file(self.jobs.values(), request)),
        ]

    @staticmethod
    def error(status, code, message):
        return Answer(status, {'code': code, 'message': message})

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, {'code': 'TOO_MANY_REQUESTS', 'message': 'Too many requests'}, headers=headers)

    def authorize(self, request, changes=False):
        key = request.bearer()
        if key not in KEYS:
            raise Refusal(self.error(401, 'UNAUTHORIZED', 'Unauthorized'))
        if key == 'paperspace_test_busy':
            raise Refusal(self.throttled(1))
        if key == 'paperspace_test_readonly' and changes:
            raise Refusal(self.error(403, 'FORBIDDEN', 'the key may only read'))
        return key

    def session(self, request):
        if request.bearer() not in KEYS:
            return Answer(200, None)
        self.authorize(request)
        team = {'id': 'tabc', 'namespace': 'acme', 'isPrivate': True, 'maxMachines': 5, 'analyticsId': 1}
        user = {'id': 'u1', 'analyticsId': 2, 'email': 'good@example.com', 'firstName': None, 'lastName': None, 'metadata': {}, 'teamMemberships': [],
                'dtConfirmed': BORN, 'dtCreated': BORN, 'isPasswordAuthEnabled': True, 'isPhoneVerified': False, 'isQrCodeBasedMfaConfirmed': False,
                'isQrCodeBasedMfaEnabled': False}
        return Answer(200, {'team': team, 'user': user})

    def standing(self, request):
        key = self.authorize(request)
        return Answer(200, {'hasPaymentMethod': key != 'paperspace_test_poor', 'isAdminLocked': False, 'isInGoodStanding': True, 'messages': []})

    # Startup scripts

    @staticmethod
    def describe_script(identifier, order):
        return {'id': identifier, 'name': order['name'], 'description': None, 'dtCreated': '2026-11-21T00:00:00.000Z', 'dtDeleted': None,
                'isEnabled': True, 'isRunOnce': order.get('isRunOnce', False), 'assignedMachineIds': []}

    def list_scripts(self, request):
        self.authorize(request)
        found = [self.describe_script(identifier, order) for identifier, order in self.scripts.items()
                 if request.query.get('name') in (None, order['name'])]
        return Answer(200, {'hasMore': False, 'items': found})

    def make_script(self, request):
        self.authorize(request, changes=True)
        body = request.json()
        if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in ('name', 'script')):
            return self.error(400, 'BAD_REQUEST', 'Input validation failed')
        self.made += 1
        identifier = 's%d' % self.made
        self.scripts[identifier] = body
        return Answer(200, self.describe_script(identifier, body))

    def delete_script(self, request, identifier):
        self.authorize(request, changes=True)
        order = self.scripts.pop(identifier, None)
        if order is None:
            return self.error(404, 'NOT_FOUND', 'Startup script not found')
        return Answer(200, self.describe_script(identifier, order))

    # Shared drives, each in a network of its region

    @staticmethod
    def make_network(identifier, name, region):
        return {'id': identifier, 'name': name, 'region': region, 'network': '10.64.0.0', 'netmask': '255.255.0.0', 'dtCreated': BORN, 'dtDeleted': None}

    @staticmethod
    def make_drive(identifier, order):
        return {'id': identifier, 'name': order['name'], 'networkId': order['networkId'], 'region': order['region'], 'size': order['size'],
                'mountPoint': '//10.64.0.9/' + identifier, 'username': 'u' + identifier, 'password': 'drive_password_test_good', 'dtCreated': BORN,
                'dtDeleted': None}

    def list_networks(self, request):
        self.authorize(request)
        return Answer(200, {'hasMore': False, 'items': [network for network in self.networks.values() if request.query.get('region') in (None, network['region'])]})

    def create_network(self, request):
        self.authorize(request, changes=True)
        body = request.json()
        if not isinstance(body, dict) or not body.get('name') or body.get('region') not in REGIONS:
            return self.error(400, 'BAD_REQUEST', 'Input validation failed')
        identifier = 'n-%d' % len(self.networks)
        self.networks[identifier] = self.make_network(identifier, body['name'], body['region'])
        return Answer(200, self.networks[identifier])

    def list_drives(self, request):
        self.authorize(request)
        return Answer(200, {'hasMore': False, 'items': list(self.drives.values())})

    def create_drive(self, request):
        self.authorize(request, changes=True)
        body = request.json()
        network = self.networks.get(body.get('networkId')) if isinstance(body, dict) else None
        if network is None or network['region'] != body.get('region') or not isinstance(body.get('size'), int) or not body.get('name'):
            return self.error(400, 'BAD_REQUEST', 'Input validation failed')
        identifier = 'sd-%d' % len(self.drives)
        self.drives[identifier] = self.make_drive(identifier, body)
        return Answer(200, self.drives[identifier])

    def get_drive(self, request, identifier):
        self.authorize(request)
        if identifier not in self.drives:
            return self.error(404, 'NOT_FOUND', 'Shared drive not found')
        return Answer(200, self.drives[identifier])

    def delete_drive(self, request, identifier):
        self.authorize(request, changes=True)
        if self.drives.pop(identifier, None) is None:
            return self.error(404, 'NOT_FOUND', 'Shared drive not found')
        return Answer(200, {'id': identifier})

    # Machines

    def create(self, request):
        key = self.authorize(request, changes=True)
        body = request.json()
        if not isinstance(body, dict) or any(name not in body for name in NEEDED) or not isinstance(body['diskSize'], int):
            return self.error(400, 'BAD_REQUEST', 'Input validation failed')
        if body['machineType'] not in RATES or body['region'] not in REGIONS:
            return self.error(400, 'BAD_REQUEST', 'No such machine type in this region')
        if 'networkId' in body and self.networks.get(body['networkId'], {}).get('region') != body['region']:
            return self.error(400, 'BAD_REQUEST', 'No such network in this region')
        if key == 'paperspace_test_poor':
            return self.error(412, 'PRECONDITION_FAILED', 'A payment method is required')
        if self.emulator.no_capacity:
            return self.error(412, 'PRECONDITION_FAILED', 'We are currently out of capacity for the selected VM type.')
        script = self.scripts.get(body.get('startupScriptId'))
        if 'startupScriptId' in body and script is None:
            return self.error(404, 'NOT_FOUND', 'Startup script not found')
        return self.make(key, body, script)

    def make(self, key, body, script):
        job = Machine(self.emulator, key, body, wait_s=200.0, run_s=60.0)
        wrong = job.read_script(script['script']) if script is not None else None
        if wrong is not None:
            return self.error(400, 'BAD_REQUEST', wrong)
        job.id = 'ps' + job.id[:8]
        self.jobs[job.id] = job
        return Answer(200, {'data': self.describe(job), 'event': self.event(job, 'create')})

    def event(self, job, name):
        return {'id': 'ev' + job.id, 'name': name, 'state': 'new', 'machineId': job.id, 'error': None, 'dtCreated': job.date(job.created),
                'dtStarted': None, 'dtFinished': None}

    @staticmethod
    def state(job):
        now = job.clock.now()
        if getattr(job, 'is_off', False) or job.phase() in ('done', 'failed'):
            return 'off'
        if now < job.created + job.wait_s / 4:
            return 'provisioning'
        return 'serviceready' if now < job.created + job.wait_s / 2 else 'ready'

    def describe(self, job):
        order = job.order
        answer = {'id': job.id, 'name': order['name'], 'state': self.state(job), 'os': 'Ubuntu 20.04', 'agentType': 'LinuxHeadless',
                'machineType': order['machineType'], 'cpus': 8, 'ram': 48318382080, 'region': order['region'], 'publicIp': None,
                'accelerators': [{'name': order['machineType'], 'memory': 17179869184, 'count': 1}],
                'publicIpType': order.get('publicIpType', 'none'), 'privateIp': None, 'networkId': order.get('networkId'), 'usageRate': RATES[order['machineType']],
                'storageRate': 7, 'storageTotal': order['diskSize'] * 2 ** 30, 'storageUsed': 0,
                'autoShutdownEnabled': order.get('autoShutdownEnabled', False), 'autoShutdownTimeout': order.get('autoShutdownTimeout'),
                'autoShutdownForce': order.get('autoShutdownForce'), 'autoSnapshotEnabled': False, 'autoSnapshotFrequency': None,
                'autoSnapshotSaveCount': None, 'restorePointEnabled': False, 'restorePointFrequency': None, 'restorePointSnapshotId': None,
                'updatesPending': False, 'reservation': None, 'dtCreated': job.date(job.created), 'dtModified': format_iso(job.born),
                'dtDeleted': None}
        return dict(answer, **job.outcome.get('is', {}))

    def list(self, request):
        key = self.authorize(request)
        found = [self.describe(job) for job in self.jobs.values()
                 if job.owner == key and not job.is_gone and request.query.get('name') in (None, job.order['name'])]
        return Answer(200, {'hasMore': False, 'items': found})

    def find(self, request, identifier, changes=False):
        key = self.authorize(request, changes)
        job = self.jobs.get(identifier)
        if job is None or job.owner != key or job.is_gone:
            raise Refusal(self.error(404, 'NOT_FOUND', 'Machine not found'))
        return job

    def get(self, request, identifier):
        return Answer(200, self.describe(self.find(request, identifier)))

    def stop(self, request, identifier):
        job = self.find(request, identifier, changes=True)
        job.is_off = True
        job.cancel()
        return Answer(200, {'data': self.describe(job), 'event': self.event(job, 'stop')})

    def delete(self, request, identifier):
        job = self.find(request, identifier, changes=True)
        answer = Answer(200, {'data': self.describe(job), 'event': self.event(job, 'deactivate')})
        job.cancel()
        job.is_gone = True
        return answer

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': 'deleted' if job.is_gone else self.state(job), 'billing': not job.is_gone, 'input': job.order,
                 'scripts': len(self.scripts)} for job in self.jobs.values()]


PROVIDER = Paperspace
