"""How every picture looks: palette, font, labels that cannot harm, and the picture of nothing."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.ticker import MaxNLocator, PercentFormatter

from exports.sheets import NO_DATA

PRIMARY, TINT, ACCENT, GREY, PALE = "#0b5cab", "#b3cfea", "#c8102e", "#595959", "#d9d9d9"
GREEN, ORANGE, PURPLE = "#009e73", "#c26a00", "#a64d86"  # told apart by the colour-blind, each with its own shape
FONT = "DejaVu Sans"  # comes with matplotlib and has every Vietnamese letter
WIDTH = 9.0  # inches
REPLACEMENT = "?"
PER_CENT = "\u00a0%"  # on the line of its number


def blank_figure(title: str, height: float, panels: int = 1) -> tuple[Figure, list[Axes]]:
    """A titled figure of so many inches with its panels one above the other."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    figure.suptitle(title, fontsize=13, fontweight="bold", fontfamily=FONT)
    axes = [figure.add_subplot(panels, 1, number + 1) for number in range(panels)]
    for each in axes:
        each.spines[["top", "right"]].set_visible(False)
        each.set_axisbelow(True)
    return figure, axes


def no_data_figure(title: str) -> Figure:
    figure, (axes,) = blank_figure(title, 3.0)
    axes.set_axis_off()
    axes.text(0.5, 0.5, NO_DATA, ha="center", va="center", color=GREY, fontsize=14)
    return figure


def title_axes(axes: Axes, across: str, upwards: str) -> None:
    axes.set_xlabel(across)
    axes.set_ylabel(upwards)


def count_along(axis: Axis) -> None:
    """Whole numbers from nought, with pale lines to read them by."""
    axis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    axis.grid(visible=True, color=PALE)


def percent_along(axis: Axis) -> None:
    axis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=PER_CENT))
    axis.grid(visible=True, color=PALE)


def name_ticks(axes: Axes, names: Sequence[str], most: int) -> None:
    """Names below upright bars; of many only every second, third, ... and turned when they are long."""
    step = -(-len(names) // most)
    shown = [safe_label(name, 12) for name in names[::step]]
    crowded = sum(len(name) + 2 for name in shown) > 110  # characters in one line of the figure
    axes.set_xticks(range(0, len(names), step), shown, rotation=90 if crowded else 0)
    axes.set_xlim(-0.7, len(names) - 0.3)


def percent(share: float) -> str:
    return f"{100 * share:.0f}{PER_CENT}"


def decimal(value: float, places: int = 1) -> str:
    """With the comma people here write."""
    return f"{value:.{places}f}".replace(".", ",")


def safe_label(text: str, longest: int) -> str:
    """One line of drawable characters; a dollar sign would start a mathematical formula."""
    line = _one_line(text)
    return _drawn(line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…")


def wrapped_label(text: str, width: int, lines: int = 2) -> str:
    """As ``safe_label`` on so many lines; of a longer text the middle goes, for names of laws differ at either end."""
    words = _one_line(text).split()
    rows = wrap(" ".join(words), width)
    kept = len(words)
    while len(rows) > lines and kept > 1:
        kept -= 1
        rows = wrap(" ".join([*words[: kept - kept // 2], "…", *words[len(words) - kept // 2 :]]), width)
    return _drawn("\n".join(rows)) if len(rows) <= lines else safe_label(text, width)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _drawn(text: str) -> str:
    drawable = (letter if letter == "\n" or ord(letter) in _drawable() else REPLACEMENT for letter in text)
    return "".join(drawable).replace("$", r"\$")


@cache
def _drawable() -> frozenset[int]:
    return frozenset(get_font(findfont(FONT)).get_charmap())
