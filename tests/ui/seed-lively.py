#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""seed-lively.py: fills an empty home as if somebody had worked with it for some days, for the pictures of the README and the store.

For screenshots.sh: STOKER_SEED=tests/ui/seed-lively.py STOKER_EMULATOR=1 STOKER_SETTINGS='enable-public-gpu=true …'. Every job is run on an emulated
provider; only when it was, and what its picture shows, is changed afterwards. One goes on while the pictures are taken.
"""
import datetime
import json
import os
import pathlib
import sqlite3
import subprocess
import time
import urllib.request

STOKER = pathlib.Path(os.environ["STOKER_BUILD"]) / "src" / "program" / "stoker"
EMULATOR = os.environ["EMULATOR_URL"]
DATABASE = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "stoker" / "stoker.db"
HOUR_US = 3_600_000_000
FAST = 100

PROVIDERS = {
    "runpod": ("rpa_test_good", {"endpoint_id": "comfy4090", "api_url": "/runpod", "jobs_url": "/runpod-jobs/v2"}),
    "replicate": ("r8_test_good", {"model": "black-forest-labs/flux-schnell", "api_url": "/replicate/v1/"}),
    "fal": ("acme:fal_test_good", {"model": "fal-ai/flux/dev", "api_url": "/fal-api/v1", "jobs_url": "/fal-queue", "storage_url": "/fal-rest"}),
    "lambda": ("lambda_test_good", {"api_url": "/lambda/api/v1", "report_url": "/lambda-store/6b1f"}),
    "vast": ("vast_test_good", {"price_ceiling": "0.60", "api_url": "/vast"}),
}
WORKFLOW = {"workflow": {"3": {"class_type": "KSampler", "inputs": {"steps": 30}}}}
MACHINE = {"image": "docker.io/library/debian:12", "command": "upscale shot-12/*.exr"}
# Name, provider, needs, payload, hours ago, what the emulator makes of it.
JOBS = (
    ("Title cards", "fal", {"type": "image", "min_vram_gb": 12}, {"prompt": "a title card", "num_images": 4}, 71, {}),
    ("Storyboard, second act", "replicate", {"type": "image", "min_vram_gb": 12}, {"prompt": "a storyboard", "num_inference_steps": 4}, 46, {}),
    ("Harbour at night", "runpod", {"type": "image", "min_vram_gb": 24, "estimated_minutes": 12}, WORKFLOW, 22, {}),
    ("Lip sync, scene 4", "runpod", {"type": "video", "min_vram_gb": 24, "estimated_minutes": 20}, WORKFLOW, 5,
     {"fail": "CUDA out of memory: tried to allocate 2.4 GiB"}),
    ("Lighthouse at dusk", "fal", {"type": "image", "min_vram_gb": 12}, {"prompt": "a lighthouse at dusk", "num_images": 2}, 2, {}),
)
RUNNING = ("CG upscale, shot 12", "runpod", {"type": "cg_batch", "min_vram_gb": 24, "estimated_minutes": 45}, WORKFLOW)
# Sky above, sky below, light and hills of a picture.
SKIES = (("#14213d", "#e07a5f", "#fff1c9", "#0b132b"), ("#2b2d42", "#ef8354", "#ffe3b3", "#161a2b"), ("#0d1b2a", "#415a77", "#e0e1dd", "#0a1119"),
         ("#355070", "#e56b6f", "#ffd6a5", "#1d2b3f"), ("#03045e", "#48cae4", "#fefae0", "#02264d"), ("#582f0e", "#ffb703", "#fff3b0", "#2a1706"))


def stoker(*words, text=""):
    done = subprocess.run([STOKER, *words], input=text, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    return done.stdout


def control(**order):
    request = urllib.request.Request(EMULATOR + "/_control", json.dumps(order).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=20).close()


def add_provider(name, key, fields):
    words = ["providers", "add", name, "--secret-stdin"] + (["--opt-in"] if name == "vast" else [])
    for field, value in fields.items():
        words += ["--set", f"{field}={EMULATOR + value if field.endswith('_url') else value}"]
    stoker(*words, text=f"api_key={key}\n")
    stoker("providers", "check", name)


def submit(name, provider, needs, payload):
    path = pathlib.Path(os.environ["HOME"]) / "workload.json"
    path.write_text(json.dumps({"name": name, "requirements": needs, "payload": payload}), encoding="utf-8")
    return json.loads(stoker("submit", str(path), "--provider", provider, "--live", "--json"))["id"]


def follow(job):
    """Waits until a job runs; whoever asks for it next goes on with it."""
    waiting = subprocess.Popen([STOKER, "jobs", "wait", job], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for _ in range(60):
        if json.loads(stoker("jobs", "show", job, "--json"))["state"] == "running":
            break
        time.sleep(0.5)
    waiting.terminate()
    waiting.wait(20)


def paint(path, number):
    above, below, light, hills = SKIES[number % len(SKIES)]
    x = 180 + number * 97 % 400
    subprocess.run(["convert", "-size", "768x512", f"gradient:{above}-{below}", "-fill", light, "-draw", f"circle {x},300 {x + 46},300", "-blur", "0x3",
                    "-fill", hills, "-draw", f"path 'M 0,512 L 0,400 Q {x // 2},300 {x},380 T 768,350 L 768,512 Z'", str(path)], check=True)


def date_back(connection, job, hours):
    """Moves a job and all that was booked for it into the past."""
    by = int(hours * HOUR_US)
    for statement in ("UPDATE jobs SET created_us = created_us - ?, started_us = max(0, started_us - ?), ended_us = max(0, ended_us - ?) WHERE id = ?",
                      "UPDATE attempts SET started_us = started_us - ?, ended_us = max(0, ended_us - ?) WHERE job_id = ?",
                      "UPDATE ledger SET at_us = at_us - ? WHERE job_id = ?"):
        connection.execute(statement, (by,) * (statement.count("?") - 1) + (job,))
    for (text,) in connection.execute("SELECT text FROM job_documents WHERE job_id = ? AND kind = 'history'", (job,)).fetchall():
        history = json.loads(text)
        for event in history:
            at = datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00")) - datetime.timedelta(microseconds=by)
            event["at"] = at.isoformat().replace("+00:00", "Z")
        connection.execute("UPDATE job_documents SET text = ? WHERE job_id = ? AND kind = 'history'", (json.dumps(history), job))


def main():
    for flag in ("enable_public_gpu", "enable_public_image_providers", "enable_public_video_providers"):
        stoker("flags", "set", flag, "on")
    for name, (key, fields) in PROVIDERS.items():
        add_provider(name, key, fields)
    control(speed=FAST, settings={"cold_seconds": 20, "run_seconds": 400})
    done = {}
    for name, provider, needs, payload, hours, outcome in JOBS:
        if outcome:
            control(next=outcome)
        job = submit(name, provider, needs, payload)
        # At once, for a provider forgets what nobody fetches.
        stoker("jobs", "wait", job)
        done[job] = hours
    number = 0
    for job in done:
        for artifact in json.loads(stoker("jobs", "show", job, "--json"))["artifacts"]:
            paint(artifact["path"], number)
            number += 1
    control(speed=1, settings={"cold_seconds": 20, "run_seconds": 2400})
    running = submit(*RUNNING)
    control(advance=1500)
    follow(running)
    with sqlite3.connect(DATABASE) as connection:
        for job, hours in {**done, running: 0.42}.items():
            date_back(connection, job, hours)


if __name__ == "__main__":
    main()
