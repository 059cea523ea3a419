"""The chart of what was measured."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "model_routable"

import matplotlib.pyplot as plt  # noqa: E402

import releases  # noqa: E402
import scan  # noqa: E402
import single_row  # noqa: E402
import writes  # noqa: E402

OURS, OTHERS = "#336791", "#b8bec6"


def draw(results, path):
    figure, panels = plt.subplots(4, 1, figsize=(9, 15), layout="constrained", height_ratios=[8, 12, 12, 9])
    bars(
        panels[0],
        "Scan of 1,000,000 rows by condition, ms",
        [
            *((name, results.mixed.median(name), name == scan.LOOKUP) for name in results.mixed.values),
            (releases.RELEASED, results.released.median(releases.RELEASED), True),
        ],
    )
    others = {writes.NOTHING, writes.BUILT_IN, writes.PLPGSQL, writes.FOREIGN_KEY, writes.CHECK_LIST}
    for panel, kind in [(panels[1], "unlogged"), (panels[2], "ordinary")]:
        samples, _ = results.written[kind][writes.UPDATE_RUNTIME]
        bars(
            panel,
            f"UPDATE of {writes.ROWS:,} rows, {kind} table, ms",
            [(name, samples.median(name), name not in others) for name in samples.values],
        )
    one_row(panels[3], results.throughput)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def bars(panel, title, entries):
    """Horizontal bars with their figures. Long bars are cut off, so that the short ones differ visibly."""
    names, values, ours = zip(*reversed(entries))
    shown = sorted(values)[len(values) // 2] * 4
    colours = [OURS if own else OTHERS for own in ours]
    panel.barh(names, [min(value, shown) for value in values], color=colours)
    for position, value in enumerate(values):
        mark = " …" if value > shown else ""
        panel.text(min(value, shown), position, f" {value:,.0f}{mark}", va="center", fontsize=9)
    panel.set_xlim(0, min(max(values), shown) * 1.18)
    finish(panel, title)
    panel.get_xaxis().set_visible(False)


def one_row(panel, throughput):
    names = [single_row.NOTHING, single_row.GUARD, single_row.APPLICATION]
    width = 0.26
    for number, (name, colour) in enumerate(zip(names, ["#7d8790", OURS, OTHERS])):
        values = [throughput[clients].median(name) for clients in single_row.CLIENTS]
        places = [place + (number - 1) * width for place in range(len(values))]
        panel.bar(places, values, width, label=name, color=colour)
        for place, value in zip(places, values):
            panel.text(place, value, f"{value:,.0f}", ha="center", va="bottom", fontsize=7)
    panel.set_xticks(range(len(single_row.CLIENTS)), list(single_row.CLIENTS.values()))
    panel.legend(frameon=False, fontsize=9, loc="upper left")
    panel.set_ylim(0, panel.get_ylim()[1] * 1.3)
    panel.get_yaxis().set_visible(False)
    finish(panel, "One workspace at a time, transactions a second")


def finish(panel, title):
    panel.set_title(title, loc="left", fontsize=10, fontweight="bold")
    panel.spines[["top", "right", "bottom"]].set_visible(False)
    panel.tick_params(length=0)
