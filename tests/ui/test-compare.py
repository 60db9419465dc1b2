# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-compare.py WINDOW SEED: the page Compare through the accessibility bus, real keys and a real pointer; prints TAP."""
import csv
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

sys.dont_write_bytecode = True

try:
    import uidrive as ui
except (ImportError, ValueError):
    print("1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is missing")
    sys.exit(0)
from acceptance import Window, choose_file, frame, page, point, run_all, settle  # noqa: E402

WINDOW, SEED = sys.argv[1:3]
SCHEMA = "io.github.stokerapp.Stoker"
PLOTS = ("Cost", "Volume", "Time", "Hours", "Waiting", "History")
TAB_LIMIT = 30
SHOWN = None


def setting(key):
    return subprocess.run(["gsettings", "get", SCHEMA, key], capture_output=True, text=True, check=True).stdout.strip()


def go_to(app, number, name):
    def show():
        ui.focus_window()
        ui.key(f"ctrl+{number}")
        return frame(app, name, timeout=2)

    assert ui.until(show), f"the page {name} did not come"
    return page(app, name)


def chart(compare):
    compare.clear_cache()
    return next(node for node in ui.nodes(compare) if ui.role_of(node) == "image" and ui.is_showing(node) and node.get_description())


def told(compare):
    """What the chart says of itself: what is looked at, or a summary."""
    return chart(compare).get_description()


def expect(compare, pattern):
    assert ui.until(lambda: re.search(pattern, told(compare))), f"no {pattern!r} in {told(compare)!r}"


def show(compare, plot):
    ui.press(ui.find(compare, "push button", plot))
    assert ui.until(lambda: setting("compare-chart") == f"'{plot.lower()}'"), setting("compare-chart")
    settle()


def press_until(compare, name, key, value):
    """Presses a toggle and looks at the setting."""
    ui.press(ui.find(compare, "push button", name))
    assert ui.until(lambda: setting(key) == value), f"{key} is {setting(key)}, not {value}"


def focus_chart(compare):
    """With the Tab key, from the button before it."""
    place = ui.find(compare, "push button", "Show as Table")
    point(place)
    point(place)
    ui.focus_window()
    for _ in range(TAB_LIMIT):
        ui.key("Tab")
        if chart(compare).get_state_set().contains(ui.Atspi.StateType.FOCUSED):
            return
    raise AssertionError("the chart cannot be reached with Tab")


def children(node):
    node.clear_cache()
    return [node.get_child_at_index(i) for i in range(node.get_child_count())]


def column(compare, index):
    """What the table says in a column, from the top."""
    table = ui.find(compare, "tree table", "The candidates side by side")
    view = next(node for node in children(table) if ui.role_of(node) == "list")
    found = sorted((row for row in children(view) if ui.is_showing(row)), key=lambda row: ui.middle(row)[1])
    return [next(node.get_name() for node in ui.nodes(row.get_child_at_index(index)) if ui.role_of(node) == "label") for row in found]


def amounts(compare):
    return [float(re.sub(r"[^\d.]", "", text)) for text in column(compare, 1) if text != "unknown"]


def is_sorted(compare, reverse=False):
    found = amounts(compare)
    return len(found) > 2 and found == sorted(found, reverse=reverse)


def choose_in_menu(compare, button, item):
    def open_menu():
        ui.focus_window()
        ui.click(ui.find(compare, "push button", button))
        return ui.find(ui.find(compare, "push button", button), "menu item", item, timeout=2)

    found = ui.until(open_menu, 20)
    assert found, f"the menu of {button} has no {item}"
    ui.press(found)
    ui.focus_window()


def volume(compare):
    return ui.Atspi.Value.get_current_value(ui.find(compare, "spin button", "a Month").get_value_iface())


def test_every_chart(app):
    go_to(app, 3, "Advisor")
    ui.find(page(app, "Advisor"), "label", "Run it on")
    compare = go_to(app, 4, "Compare")
    summaries = set()
    for plot in PLOTS[:5]:
        show(compare, plot)
        summaries.add(told(compare))
    assert len(summaries) == 5, f"charts say the same: {summaries}"
    show(compare, "Cost")


def test_keys_go_from_value_to_value(app):
    compare = page(app, "Compare")
    focus_chart(compare)
    ui.key("Home")
    expect(compare, r"^RunPod.*\(chosen\)\nCost of the job: \$")
    ui.key("Down")
    expect(compare, r"^(?!RunPod · Pod, secure).*\nCost of the job: ")
    ui.key("Escape")
    expect(compare, "is the cheapest at")


def test_the_pointer_tells(app):
    compare = page(app, "Compare")
    area = ui.Atspi.Component.get_extents(chart(compare).get_component_iface(), ui.Atspi.CoordType.WINDOW)
    subprocess.run(["xdotool", "mousemove", str(area.x + 400), str(area.y + 60), "sleep", "0.2", "mousemove", str(area.x + 402),
                    str(area.y + 60)], check=True)
    expect(compare, r"\nCost of the job: ")
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)
    expect(compare, "is the cheapest at")


def test_legend(app):
    """What is switched off is missing in the sum, and nothing becomes unknown by it."""
    compare = page(app, "Compare")
    ui.press(ui.find(compare, "push button", "Compute"))
    focus_chart(compare)
    ui.key("Home")
    ui.key("Down")
    expect(compare, r"\nOf what is shown: \$0\.0")
    ui.key("End")
    expect(compare, r"\nOf what is shown: unknown")
    ui.press(ui.find(compare, "push button", "Compute"))
    focus_chart(compare)
    ui.key("Home")
    expect(compare, r"\nCost of the job: \$")
    ui.key("Escape")


def test_axes(app):
    compare = page(app, "Compare")
    usable = ui.Atspi.StateType.SENSITIVE
    button = ui.find(compare, "push button", "Logarithmic Axes")
    assert not button.get_state_set().contains(usable), "bars have logarithmic axes"
    show(compare, "Time")
    press_until(compare, "Logarithmic Axes", "compare-axes", "['time']")
    show(compare, "Volume")
    press_until(compare, "Logarithmic Axes", "compare-axes", "['time', 'volume']")
    show(compare, "Time")
    press_until(compare, "Logarithmic Axes", "compare-axes", "['volume']")


def test_the_line_is_moved(app):
    compare = page(app, "Compare")
    show(compare, "Volume")
    before = volume(compare)
    focus_chart(compare)
    ui.key("shift+Right")
    assert ui.until(lambda: volume(compare) > before), "Shift and Right move nothing"
    # At the left end, where it is easily found.
    ui.Atspi.Value.set_current_value(ui.find(compare, "spin button", "a Month").get_value_iface(), 1)
    settle(1.5)
    area = ui.Atspi.Component.get_extents(chart(compare).get_component_iface(), ui.Atspi.CoordType.WINDOW)
    right, y = area.x + area.width // 2, area.y + area.height * 3 // 4

    def drag():
        for x in range(area.x + 20, area.x + 90, 6):
            subprocess.run(["xdotool", "mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.1", "mousemove", str((x + right) // 2), str(y),
                            "sleep", "0.1", "mousemove", str(right), str(y), "sleep", "0.2", "mouseup", "1", "sleep", "0.2"], check=True)
            if volume(compare) > 1:
                return True
        return False

    assert ui.until(drag, 20), "the line cannot be dragged"
    subprocess.run(["xdotool", "mousemove", "1910", "1070"], check=True)


def test_sort(app):
    compare = page(app, "Compare")
    advised = column(compare, 0)
    choose_in_menu(compare, "Sort the Table", "Total, Lowest First")
    assert ui.until(lambda: is_sorted(compare)), amounts(compare)
    assert column(compare, 0) != advised, "the order is that of the advice"
    assert setting("compare-sort") == "'total'", setting("compare-sort")
    choose_in_menu(compare, "Sort the Table", "Order of the Advice")
    assert ui.until(lambda: column(compare, 0) == advised), f"{column(compare, 0)} and not {advised}"


def test_sort_by_a_head(app):
    compare = page(app, "Compare")
    show(compare, "Cost")

    def click_head(order):
        head = next(node for node in ui.nodes(ui.find(compare, "tree table", "The candidates")) if node.get_name() == "Total")
        ui.focus_window()
        ui.click(head)
        return ui.until(lambda: setting("compare-sort") == order, 2)

    assert ui.until(lambda: click_head("'total'"), 20), setting("compare-sort")
    assert ui.until(lambda: is_sorted(compare)), amounts(compare)
    assert click_head("'-total'"), setting("compare-sort")
    assert ui.until(lambda: is_sorted(compare, reverse=True)), amounts(compare)


def save(app, item, name):
    path = pathlib.Path(os.environ["HOME"]) / name
    choose_in_menu(page(app, "Compare"), "Export", item)
    choose_file(app, path)
    assert ui.until(lambda: path.exists() and path.stat().st_size > 0), f"{name} was not written"
    settle()
    return path


def test_export(app):
    compare = page(app, "Compare")
    show(compare, "Volume")
    tree = xml.etree.ElementTree.parse(save(app, "Chart as SVG", "volume.svg"))
    texts = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    # As it is seen: without a figure of the logarithmic axis.
    assert "Cost a month" in " ".join(texts) and "$0.10" not in texts, texts
    assert save(app, "Chart as PNG", "volume.png").read_bytes().startswith(b"\x89PNG")
    figures = list(csv.reader(save(app, "Figures of the Chart", "volume.csv").open(encoding="utf-8")))
    assert len(figures) > 2 and len({len(line) for line in figures}) == 1, figures
    table = list(csv.reader(save(app, "Table as CSV", "table.csv").open(encoding="utf-8")))
    assert len(table) == 28, f"{len(table)} lines"


def test_twin_table(app):
    """The figures of the chart in a table, instead of it."""
    compare = page(app, "Compare")
    show(compare, "Cost")
    ui.press(ui.find(compare, "push button", "Show as Table"))
    sheet = ui.find(compare, "tree table", "Cost per Candidate")
    for name in ("Compute", "Start-up", "Vast.ai · On demand", "$0.12"):
        ui.find(sheet, "label", name)
    ui.press(ui.find(compare, "push button", "Show as Table"))
    expect(compare, "is the cheapest at")


def test_after_a_restart(app):
    show(page(app, "Compare"), "Volume")
    SHOWN.end_program()
    SHOWN.start()
    page.cache_clear()
    app = SHOWN.app
    go_to(app, 3, "Advisor")
    ui.find(page(app, "Advisor"), "label", "Run it on")
    compare = go_to(app, 4, "Compare")
    assert ui.until(lambda: "a month" in told(compare)), told(compare)
    assert ui.until(lambda: is_sorted(compare, reverse=True)), amounts(compare)
    is_log = ui.find(compare, "push button", "Logarithmic Axes").get_state_set().contains(ui.Atspi.StateType.PRESSED)
    assert not is_log, "the axes are logarithmic again"


if __name__ == "__main__":
    subprocess.run([SEED], check=True, stdout=subprocess.DEVNULL)
    SHOWN = Window(WINDOW)
    sys.exit(run_all(globals(), SHOWN, time_limit=540))
