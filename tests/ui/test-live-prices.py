# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-live-prices.py WINDOW SOURCE_ROOT: prices of today, asked of an emulated provider by clicking; the advice follows them."""
import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Emulator, Window, labels, page, run_all, wait_for_label  # noqa: E402
from journey import finish_setup, go_to, open_setup, open_workload, save_and_check  # noqa: E402

WINDOW, SOURCE = sys.argv[1:3]
KEY = "lambda_test_good"
# An hour on 20 GB, of all places there.
WORKLOAD = {"name": "An hour", "requirements": {"type": "training", "min_vram_gb": 20, "estimated_minutes": 60}, "preferred_provider": "lambda"}


def advised(advisor):
    """What the first line says of the advised offer of the provider: "On demand · A10 · about $0.75 · …"; None when another one is advised."""
    texts = labels(advisor)
    return next((text for text in texts if text.startswith("On demand · ")), None) if "Run it on Lambda." in texts else None


def costs(advisor, amount):
    return f" · about {amount} · " in (advised(advisor) or "")


def refresh(advisor):
    ui.press(ui.find(advisor, "push button", "Refresh Prices"))


def test_set_up(app, emulator):
    providers = go_to(app, "Providers")
    assert not any("Prices" in text or "today’s prices" in text for text in labels(providers)), "prices, and nobody to ask"
    setup = open_setup(app, "Lambda")
    save_and_check(setup, {"API Key": KEY, "API Address": emulator.url + "/lambda/api/v1"})
    finish_setup(app, setup, "Lambda")
    wait_for_label(page(app, "Providers"), "No provider was asked for today’s prices yet", 20)


def test_list_prices(app, emulator):
    """An hour on the smallest of the list that has 20 GB."""
    path = pathlib.Path(os.environ["HOME"]) / "an-hour.json"
    path.write_text(json.dumps(WORKLOAD), encoding="utf-8")
    advisor = open_workload(app, str(path))
    assert ui.until(lambda: costs(advisor, "$1.09"), 20), labels(advisor)
    assert "price asked" not in advised(advisor), "a list price is told as live"


def test_prices_of_today(app, emulator):
    advisor = page(app, "Advisor")
    refresh(advisor)
    assert ui.until(lambda: costs(advisor, "$0.75"), 20), labels(advisor)
    assert advised(advisor).endswith("price asked just now"), advised(advisor)
    wait_for_label(advisor, "Prices asked live: Lambda just now", 20)


def test_another_price(app, emulator):
    advisor = page(app, "Advisor")
    emulator.control(settings={"price_factor": 1.2})
    assert costs(advisor, "$0.75"), "it was not asked again"
    refresh(advisor)
    assert ui.until(lambda: costs(advisor, "$0.90"), 20), labels(advisor)


def test_cancelled(app, emulator):
    """A provider that keeps one waiting can be left alone."""
    advisor = page(app, "Advisor")
    emulator.control(fault="hang", times=0, path="/instance-types")
    refresh(advisor)
    wait_for_label(advisor, "Asking for prices", 20)
    ui.press(ui.find(advisor, "push button", "Cancel", timeout=20))
    wait_for_label(advisor, "Prices asked live: Lambda", 20)
    emulator.control(fault="none")
    assert costs(advisor, "$0.90"), "the answer before is gone"


def test_sold_out(app, emulator):
    advisor = page(app, "Advisor")
    emulator.control(fault="no-capacity")
    refresh(advisor)
    assert ui.until(lambda: advised(advisor) is None, 20), labels(advisor)


def test_failure(app, emulator):
    """Who does not answer is named, on the page of the providers too."""
    emulator.control(fault="malformed", times=0, path="/instance-types")
    providers = go_to(app, "Providers")
    ui.press(ui.find(providers, "push button", "Refresh Prices"))
    wait_for_label(providers, "Lambda did not tell its prices", 40)
    emulator.control(fault="none")


def test_the_end(app, emulator):
    assert window.close() == 0, "the program did not end well"
    assert KEY not in window.said(), "a key is on standard error"


if __name__ == "__main__":
    emulated = Emulator(SOURCE, speed=20)
    window = Window(WINDOW)
    try:
        status = run_all(globals(), window, emulated)
    finally:
        emulated.stop()
    sys.exit(status)
