"""Published references: Moodle's own expected statistics, psych and CTT in R, LSAT6 in ltm and mirt."""

import csv

import numpy as np
import pytest

from scoring.response_file import read_key, read_responses
from scoring.statistics import reliability
from scoring.statistics.classical import facility, standard_deviation
from scoring.statistics.discrimination import (
    covariance,
    discriminative_efficiency,
    item_rest_biserial,
    item_rest_correlation,
    item_total_correlation,
    upper_lower,
)
from scoring.statistics.response_models import compare, rasch, two_parameter
from scoring.statistics.table import from_matrix
from scoring.statistics.totals import totals

SETS = ("CTTdata", "HCI", "LSAT6")


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def moodle(shared_data):
    return shared_data / "moodle" / "quiz_statistics"


@pytest.fixture(scope="module")
def quiz(moodle):
    """Set 00: 25 attempts, 7 slots."""
    marks = [[float(row[f"slots.{slot}.mark"]) for slot in range(1, 8)] for row in rows_of(moodle / "results00.csv")]
    return from_matrix(marks)


def test_moodle_item_statistics(moodle, quiz):
    expected = [row for row in rows_of(moodle / "qstats00.csv") if not row["subqname"] and not row["variant"]]
    weights = reliability.effective_weight(quiz)
    assert len(expected) == 7
    for item, row in enumerate(expected):
        mark = quiz.mark[quiz.entries(item)]
        other = quiz.total - mark
        found = {
            "s": quiz.shown[item],
            "facility": facility(quiz)[item],
            "sd": standard_deviation(quiz)[item],
            "markvariance": covariance(mark, mark),
            "othermarkvariance": covariance(other, other),
            "maxmark": quiz.maximum[item],
        }
        for name, value in found.items():
            assert value == pytest.approx(float(row[name]), rel=1e-6), (item, name)
        found = {
            "covariance": covariance(mark, other),
            "covariancemax": covariance(np.sort(mark), np.sort(other)),
            "discriminationindex": 100 * item_rest_correlation(quiz)[item],
            "discriminativeefficiency": discriminative_efficiency(quiz)[item],
            "effectiveweight": weights[item],
        }
        for name, value in found.items():
            assert value == pytest.approx(float(row[name]), rel=1e-5), (item, name)


def test_moodle_quiz_totals(moodle, quiz):
    expected = {row["statistic"]: float(row["value"]) for row in rows_of(moodle / "quizstats00_expected.csv")}
    whole, alpha = totals(quiz), reliability.alpha(quiz)
    found = {
        "median": whole.median,
        "firstattemptsavg": whole.mean,
        "allattemptsavg": whole.mean,
        "firstattemptscount": whole.count,
        "allattemptscount": whole.count,
        "standarddeviation": whole.standard_deviation,
        "skewness": whole.skewness,
        "kurtosis": whole.kurtosis,
        "cic": 100 * alpha,
        "errorratio": reliability.error_ratio(alpha),
        "standarderror": reliability.standard_error(quiz),
    }
    assert found.keys() == expected.keys()
    for name, value in found.items():
        assert value == pytest.approx(expected[name], rel=1.5e-5), name


@pytest.fixture(scope="module")
def tables(shared_data):
    """The three sets as tables of marks."""
    folder, found = shared_data / "psychometrics", {}
    for name in SETS:
        key = folder / f"{name}_key.csv"
        keys = read_key(key.read_text(encoding="utf-8")) if key.exists() else None
        found[name] = read_responses((folder / f"{name}_responses.csv").read_text(encoding="utf-8"), keys).table
    return found


@pytest.mark.parametrize("name", SETS)
def test_items_as_psych_ctt_and_psychometric_give_them(shared_data, tables, name):
    table = tables[name]
    columns = {
        "n": table.shown,
        "p": facility(table),
        "sd_sample": standard_deviation(table),
        "item_total_r": item_total_correlation(table),
        "item_rest_r": item_rest_correlation(table),
        "alpha_if_deleted": reliability.alpha_if_deleted(table),
        "biserial_corrected_CTT": item_rest_biserial(table),
        "discrimination_upper_minus_lower_third": upper_lower(table),
    }
    expected = rows_of(shared_data / "psychometrics" / f"reference_items_{name}.csv")
    assert len(expected) == table.item_count
    for item, row in enumerate(expected):
        for column, values in columns.items():
            assert values[item] == pytest.approx(float(row[column]), abs=1e-9), (row["item"], column)


@pytest.mark.parametrize("name", SETS)
def test_summary_as_psych_gives_it(shared_data, tables, name):
    table = tables[name]
    whole, agreement = totals(table), reliability.consistency(table)
    row = next(r for r in rows_of(shared_data / "psychometrics" / "reference_summary.csv") if r["dataset"] == name)
    found = {
        "nItem": table.item_count,
        "nPerson": whole.count,
        "alpha_psych": reliability.alpha(table),
        "std_alpha": agreement.standardized_alpha,
        "scoreMean": whole.mean,
        "scoreSD_sample": whole.standard_deviation,
        "sem": reliability.standard_error(table),
        "min": whole.minimum,
        "max": whole.maximum,
        "median": whole.median,
        "guttman_lambda6": agreement.guttman_lambda6,
        "average_r": agreement.average_correlation,
    }
    for column, value in found.items():
        assert value == pytest.approx(float(row[column]), abs=1e-9), column
    assert reliability.kr20(table) == pytest.approx(float(row["alpha_psych"]), abs=1e-9)


def test_the_rasch_model_of_lsat6(tables):
    """ltm ``summary(rasch(LSAT))`` (Thissen 1982) with its standard errors; mirt's own test for the intercepts."""
    model = rasch(tables["LSAT6"])
    assert model.log_likelihood == pytest.approx(-2466.938, abs=5e-4)
    assert model.discrimination == pytest.approx([0.7551] * 5, abs=1e-4)
    assert model.difficulty == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=2e-4)
    assert model.intercept[:4] == pytest.approx([2.73, 0.999, 0.24, 1.306], abs=1e-2)
    assert model.difficulty_se == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=1e-4)
    assert model.discrimination_se == pytest.approx([0.0694] * 5, abs=1e-4)
    assert (model.parameter_count, model.person_count) == (6, 1000)
    assert (model.aic, model.bic) == pytest.approx((4945.875, 4975.322), abs=1e-3)


def test_the_two_parameter_model_of_lsat6(tables):
    """ltm ``summary(ltm(LSAT ~ z1))``, which stops at a gradient of 0.024: the likelihood is flat, digits are few."""
    model = two_parameter(tables["LSAT6"])
    assert model.log_likelihood == pytest.approx(-2466.653, abs=5e-4)
    assert model.discrimination == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=1e-3)
    assert model.difficulty == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=3e-3)
    assert model.discrimination_se == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], abs=2e-4)
    assert model.difficulty_se == pytest.approx([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], abs=2e-3)
    assert (model.aic, model.bic) == pytest.approx((4953.307, 5002.384), abs=1e-3)
    test = compare(rasch(tables["LSAT6"]), model)
    assert test.statistic == pytest.approx(2 * (2466.938 - 2466.653), abs=2e-3)
    assert (test.degrees_of_freedom, test.p_value > 0.9) == (4, True)
