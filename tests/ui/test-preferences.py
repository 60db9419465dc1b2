# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-preferences.py WINDOW SEED
Every preference through the accessibility bus and the keyboard: what it changes, what it refuses, what becomes of it after a restart, and
that forgetting everything leaves nothing."""

import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, field, frame, labels, page, point, run_all, settle, unnamed, wait_for_label  # noqa: E402

WINDOW, SEED = sys.argv[1:3]
SCHEMA = "io.github.stokerapp.Stoker"
SHOWN = None


def setting(key):
    return subprocess.run(["gsettings", "get", SCHEMA, key], capture_output=True, text=True, check=True).stdout.strip()


def expect(key, value):
    assert ui.until(lambda: setting(key) == value), f"{key} is {setting(key)}, not {value}"


def open_preferences(app, tab):
    def show():
        ui.focus_window()
        ui.key("ctrl+comma")
        return frame(app, "Preferences", timeout=2)

    window = ui.until(show)
    assert window, "the preferences did not come"
    choose_tab(window, tab)
    return window


def choose_tab(window, tab):
    def choose():
        ui.press(ui.find(window, "page tab", tab, timeout=1))
        return next((True for node in ui.nodes(window) if ui.role_of(node) == "page tab" and node.get_name() == tab
                     and node.get_state_set().contains(ui.Atspi.StateType.SELECTED)), None)

    assert ui.until(choose), f"the tab {tab} did not come"
    settle()


def close(window):
    ui.press(ui.find(window, "push button", "Close"))
    settle()


def switch(window, name, key, is_on):
    """Turns a switch over and looks at the setting."""
    expect(key, "false" if is_on else "true")
    ui.press(ui.find(window, "check box", name))
    expect(key, "true" if is_on else "false")


def set_number(window, name, key, number, value=None):
    box = ui.find(window, "spin button", name)
    ui.Atspi.Value.set_current_value(box.get_value_iface(), number)
    expect(key, str(number if value is None else value))


def enter(window, name, text):
    """Types something else into a row, and applies it as Return does."""
    point(field(window, name))
    ui.key("ctrl+a")
    ui.type_text(text)
    ui.key("Return")


def go_to(app, name):
    def show():
        point(ui.find(app, "list item", name, timeout=1))
        return frame(app, name, timeout=2)

    assert ui.until(show), f"the page {name} did not come"
    return page(app, name)


def test_live_requests(app):
    window = open_preferences(app, "Remote GPU")
    for name, key in (("Public GPU Clouds", "enable-public-gpu"), ("Public Image Services", "enable-public-image-providers"),
                      ("Public Video Services", "enable-public-video-providers"), ("Image and Video at Once", "enable-public-image-video")):
        before = setting(key)
        ui.press(ui.find(window, "check box", name))
        expect(key, "false" if before == "true" else "true")
        ui.press(ui.find(window, "check box", name))
        expect(key, before)
    close(window)


def test_jobs(app):
    window = open_preferences(app, "Remote GPU")
    set_number(window, "Jobs at Once", "jobs-per-provider", 3)
    set_number(window, "Longest Pause Between Questions", "poll-seconds", 30)
    switch(window, "Suggest a Dry Run", "dry-run-default", False)
    switch(window, "Go On at the Next Provider", "fallback", True)
    set_number(window, "Pause Between Checks", "check-minutes", 0)
    set_number(window, "Pause Between Checks", "check-minutes", 90)
    close(window)
    providers = go_to(app, "Providers")
    point(ui.find(ui.find(providers, "list", "Registered Providers"), "list item", "RunPod"))
    wait_for_label(providers, "^Off: ")


def test_costs(app):
    window = open_preferences(app, "Costs")
    enter(window, "Dollars a Day", "5")
    expect("budget-day", "'5'")
    enter(window, "Dollars a Month", "120,50")
    expect("budget-month", "'120.50'")
    enter(window, "Electricity Price per kWh", "0.42")
    expect("tariff-per-kwh", "'0.42'")
    enter(window, "Currency (Three Letters)", "CHF")
    expect("tariff-currency", "'CHF'")
    enter(window, "Purchase Price", "1800")
    expect("local-purchase-price", "'1800'")
    set_number(window, "Power Under Load", "local-watts", 450)
    set_number(window, "Hours of Work It Is Bought For", "local-useful-hours", 8000)
    close(window)
    overview = go_to(app, "Overview")
    wait_for_label(overview, r"of \$5\.00 today")
    wait_for_label(overview, r"of \$120\.50 this month")


def show_currencies(app, setting_value, downs):
    """Chooses how currencies are written, as the keyboard does."""
    window = open_preferences(app, "Costs")
    point(ui.find(window, None, "Currencies"))
    settle()
    for _ in range(downs):
        ui.key("Down")
    if downs == 0:
        ui.key("Up")
    ui.key("Return")
    expect("currency-style", setting_value)
    close(window)


def test_currencies(app):
    overview = go_to(app, "Overview")
    wait_for_label(overview, r"\$")
    providers = go_to(app, "Providers")
    point(ui.find(ui.find(providers, "list", "Registered Providers"), "list item", "RunPod"))
    wait_for_label(providers, r"\$\d.*/h")
    show_currencies(app, "'code'", 1)
    # What is seen is written anew at once; nothing is left of the other way.
    for shown in (providers, overview):
        wait_for_label(shown, r"USD.\d")
        assert ui.until(lambda shown=shown: not [text for text in labels(shown) if re.search(r"\$\d", text)]), labels(shown)
    show_currencies(app, "'symbol'", 0)
    wait_for_label(overview, r"\$\d")
    wait_for_label(providers, r"\$\d.*/h")
    ui.press(ui.find(providers, "push button", "Back"))


def test_mistakes_are_refused(app):
    window = open_preferences(app, "Costs")
    for name, text, key, kept in (("Electricity Price per kWh", "much", "tariff-per-kwh", "'0.42'"),
                                  ("Purchase Price", "-5", "local-purchase-price", "'1800'"),
                                  ("Currency (Three Letters)", "francs", "tariff-currency", "'CHF'")):
        enter(window, name, text)
        settle(1)
        assert setting(key) == kept, f"{key} took {text!r}"
    close(window)


def test_notifications(app):
    window = open_preferences(app, "Notifications")
    switch(window, "Finished Jobs", "notify-finished", False)
    switch(window, "Failed Jobs", "notify-failed", False)
    switch(window, "What Needs a Decision", "notify-attention", False)
    switch(window, "Hold Notifications Back", "quiet-hours", True)
    hours = [node for node in ui.nodes(window) if ui.role_of(node) == "spin button" and node.get_name() == "Hour" and ui.is_showing(node)]
    assert len(hours) == 2, "there are not two times"
    ui.Atspi.Value.set_current_value(hours[0].get_value_iface(), 23)
    ui.Atspi.Value.set_current_value(hours[1].get_value_iface(), 6)
    assert ui.until(lambda: int(setting("quiet-from")) // 60 == 23), setting("quiet-from")
    assert ui.until(lambda: int(setting("quiet-to")) // 60 == 6), setting("quiet-to")
    close(window)


def test_files(app):
    window = open_preferences(app, "Files")
    enter(window, "Name of a Job’s Folder", "${date}/${name}")
    expect("output-name", "'${date}/${name}'")
    shown = [text for text in labels(window) if os.environ["XDG_DATA_HOME"] in text]
    assert shown, f"no place is told among {labels(window)}"
    ui.press(ui.find(window, "push button", "Choose"))
    frame(app, "Folder for Outputs")
    settle(1)
    ui.focus_window()
    ui.key("Escape")
    assert ui.until(lambda: "Folder for Outputs" not in titles(app)), "the chooser stays"
    close(window)


def titles(app):
    app.clear_cache()
    return [app.get_child_at_index(i).get_name() for i in range(app.get_child_count())]


def test_every_control_has_a_name(app):
    for tab in ("Remote GPU", "Costs", "Notifications", "Files"):
        window = open_preferences(app, tab)
        assert unnamed(window) == [], f"without a name on {tab}: {unnamed(window)}"
        close(window)


def test_after_a_restart(app):
    SHOWN.end_program()
    SHOWN.start()
    page.cache_clear()
    window = open_preferences(SHOWN.app, "Remote GPU")
    dry_run = ui.find(window, "check box", "Suggest a Dry Run")
    assert not dry_run.get_state_set().contains(ui.Atspi.StateType.CHECKED), "the dry run is suggested again"
    fallback = ui.find(window, "check box", "Go On at the Next Provider")
    assert fallback.get_state_set().contains(ui.Atspi.StateType.CHECKED), "jobs do not go on elsewhere"
    for name, number in (("Jobs at Once", 3), ("Pause Between Checks", 90)):
        box = ui.find(window, "spin button", name)
        assert ui.Atspi.Value.get_current_value(box.get_value_iface()) == number, f"{name} is another"
    choose_tab(window, "Costs")
    assert ui.read(field(window, "Electricity Price per kWh")) == "0.42"
    close(window)


def test_forget_everything(app):
    data = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "stoker"
    assert (data / "stoker.db").exists()
    window = open_preferences(app, "Files")
    ui.press(ui.find(window, "push button", "Forget Everything"))
    dialog = ui.find(app, "dialog")
    ui.press(ui.find(dialog, "push button", "Cancel"))
    settle()
    assert setting("jobs-per-provider") == "3", "Cancel forgot something"
    ui.press(ui.find(window, "push button", "Forget Everything"))
    ui.press(ui.find(ui.find(app, "dialog"), "push button", "Forget Everything"))
    expect("jobs-per-provider", "2")
    for key, value in (("tariff-per-kwh", "''"), ("budget-day", "''"), ("dry-run-default", "true"), ("quiet-hours", "false"), ("fallback", "false"),
                       ("check-minutes", "60")):
        expect(key, value)
    providers = go_to(app, "Providers")
    assert ui.until(lambda: "RunPod" not in labels(providers)), "a provider is still there"


if __name__ == "__main__":
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    SHOWN = Window(WINDOW)
    sys.exit(run_all(globals(), SHOWN, time_limit=720))
