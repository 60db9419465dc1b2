# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""CoreWeave: a cluster of CoreWeave Kubernetes Service, whose jobs are those of Kubernetes, with an API token of CoreWeave.

    http://HOST/coreweave  stands for https://ORG-HASH.k8s.ZONE.coreweave.com

Written from docs.coreweave.com (authentication of clusters) and what kubernetes.py names, read on 2026-11-21.
Tokens: CW-SECRET-test_good and the others of kubernetes.py in the same way.
"""

from providers.kubernetes import Kubernetes


H100 = {'gpu.nvidia.com/class': 'H100_NVLINK_80GB', 'node.kubernetes.io/instance-type': 'gd-8xh100ib-i128'}


class CoreWeave(Kubernetes):
    name = 'coreweave'
    prefixes = ('/coreweave/',)
    hardware = [('g1', dict(H100, **{'compute.coreweave.com/compute-class': 'default'}), 8),
                ('g2', dict(H100, **{'compute.coreweave.com/compute-class': 'spot'}), 8)]
    keys = tuple(key.replace('k8s_', 'CW-SECRET-') for key in Kubernetes.keys)


PROVIDER = CoreWeave
