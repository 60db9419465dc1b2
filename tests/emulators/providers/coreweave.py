# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""CoreWeave: a cluster of CoreWeave Kubernetes Service, whose jobs are those of Kubernetes, with an API token of CoreWeave.

    http://HOST/coreweave  stands for https://ORG-HASH.k8s.ZONE.coreweave.com

Written from docs.coreweave.com (authentication of clusters) and what kubernetes.py names, read on 2026-11-21.
Tokens: CW-SECRET-test_good and the others of kubernetes.py in the same way.
"""

from providers.kubernetes import Kubernetes


class CoreWeave(Kubernetes):
    name = 'coreweave'
    prefixes = ('/coreweave/',)
    keys = tuple(key.replace('k8s_', 'CW-SECRET-') for key in Kubernetes.keys)


PROVIDER = CoreWeave
