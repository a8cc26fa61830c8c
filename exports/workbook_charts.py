"""Excel's own charts of the results workbook: they follow when somebody corrects or filters the table."""

import math
from dataclasses import dataclass, replace

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines, NumericAxis, TextAxis
from openpyxl.chart.data_source import AxDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from exports.sheet_looks import PRIMARY
from exports.sheets import Area, Sheet

LABELLED_BARS = 31  # with more bars than days in a month the numbers run into each other
LYING_BARS, STANDING_BARS = 25, 60  # what one printed page shows legibly
BESIDE_CM = 17  # width left on A4 landscape by a table of three columns
CHARACTER_CM, ROW_CM = 0.19, 0.529  # of Excel's default column and row
PAGE_RATIO = 0.55  # height over width of A4 landscape without margins and repeated headings


@dataclass(frozen=True, slots=True)
class BarPicture:
    """What a bar chart shows: one column of names, one or more columns of numbers of a table."""

    title: str
    names_title: str
    values_title: str
    names: int
    values: tuple[int, ...]
    number_format: str = "0"
    names_format: str | None = None  # given when the names are dates
    highest: float | None = None
    lying: bool = False  # horizontal bars, for long names


def chart_beside(sheet: Sheet, area: Area, picture: BarPicture) -> None:
    """Draw to the right of a narrow table."""
    if area.rows:
        chart = _bar_chart(sheet, area, picture)
        chart.width, chart.height = BESIDE_CM, 10
        sheet.page.add_chart(chart, f"{get_column_letter(area.columns + 2)}{area.first}")


def charts_below(sheet: Sheet, area: Area, picture: BarPicture) -> None:
    """Draw below a wide table, as wide as it; many bars go on several pages."""
    most = LYING_BARS if picture.lying else STANDING_BARS
    if picture.lying and area.rows <= most:  # a table of one page needs no heading on the next, where only bars stand
        sheet.page.print_title_rows = None
    letters = map(get_column_letter, range(1, area.columns + 1))
    width = round(CHARACTER_CM * sum(sheet.page.column_dimensions[letter].width for letter in letters))
    top = area.last + 3
    for first in range(area.first, area.last + 1, most):
        part = replace(area, first=first, last=min(first + most - 1, area.last))
        chart = _bar_chart(sheet, part, _partly(picture, area, part))
        chart.width, chart.height = width, int(PAGE_RATIO * width)
        sheet.page.row_breaks.append(Break(id=top - 2))
        sheet.page.add_chart(chart, f"A{top}")
        top += math.ceil(chart.height / ROW_CM) + 2


def _partly(picture: BarPicture, area: Area, part: Area) -> BarPicture:
    """The picture, saying which rows of the table it shows when it does not show all."""
    if part == area:
        return picture
    first, last = part.first - area.heading, part.last - area.heading
    return replace(picture, title=f"{picture.title} (dòng {first}–{last} của {area.rows})")


def _bar_chart(sheet: Sheet, area: Area, picture: BarPicture) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if picture.lying else "col"
    chart.gapWidth = 50
    chart.title = _title(picture.title)
    chart.roundedCorners = False
    chart.series = [_series(sheet, area, picture, place) for place in range(len(picture.values))]
    chart.legend = Legend(legendPos="b") if len(picture.values) > 1 else None
    if area.rows * len(picture.values) <= LABELLED_BARS:
        chart.dLbls = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showPercent=False, showLegendKey=False
        )
    _set_names_axis(chart.x_axis, area, picture)
    _set_values_axis(chart.y_axis, picture)
    return chart


def _series(sheet: Sheet, area: Area, picture: BarPicture, place: int) -> Series:
    column = picture.values[place]
    values = Reference(sheet.page, min_col=column, min_row=area.first, max_row=area.last)
    series: Series = SeriesFactory(values)
    series.tx = SeriesLabel(strRef=StrRef(f=str(Reference(sheet.page, min_col=column, min_row=area.heading))))
    names = str(Reference(sheet.page, min_col=picture.names, min_row=area.first, max_row=area.last))
    series.cat = AxDataSource(numRef=NumRef(f=names)) if picture.names_format else AxDataSource(strRef=StrRef(f=names))
    series.graphicalProperties = _solid() if place == 0 else _striped()
    series.invertIfNegative = False
    return series


def _solid() -> GraphicalProperties:
    return GraphicalProperties(solidFill=PRIMARY)


def _striped() -> GraphicalProperties:
    """A second series told apart without colour, on a black and white printer too."""
    grey, white = ColorChoice(prstClr="gray"), ColorChoice(prstClr="white")
    stripes = PatternFillProperties(prst="wdUpDiag", fgClr=grey, bgClr=white)
    properties = GraphicalProperties(pattFill=stripes)
    properties.line.solidFill = "808080"
    return properties


def _set_names_axis(axis: TextAxis, area: Area, picture: BarPicture) -> None:
    axis.delete = False  # openpyxl 3.1 leaves it open, and Excel then draws no axis
    axis.title = _title(picture.names_title)
    axis.tickLblPos = "low"
    axis.noMultiLvlLbl = True
    if picture.names_format:
        axis.number_format = picture.names_format
        axis.numFmt.sourceLinked = False
    else:
        axis.tickLblSkip = 1 if area.rows <= STANDING_BARS else math.ceil(area.rows / STANDING_BARS)
    if picture.lying:
        axis.scaling.orientation = "maxMin"  # the table's first row on top


def _set_values_axis(axis: NumericAxis, picture: BarPicture) -> None:
    axis.delete = False
    axis.title = _title(picture.values_title)
    axis.number_format = picture.number_format
    axis.numFmt.sourceLinked = False
    axis.scaling.min = 0
    axis.scaling.max = picture.highest
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="D9D9D9")))
    if picture.lying:
        axis.crosses = "max"  # the turned names axis would carry the numbers to the top


def _title(text: str) -> Title:
    """A title that takes its own room: without a word about it Excel lays it over the bars."""
    title: Title = title_maker(text)
    title.overlay = False
    return title
