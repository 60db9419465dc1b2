# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pika, which sends the users of its models to fal: the queue of fal with Pika's models."""

from providers.fal import Fal


class Pika(Fal):
    name = 'pika'


PROVIDER = Pika
