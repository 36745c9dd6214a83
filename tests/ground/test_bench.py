import json

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands import bench as command
from tests.performance import harness
from tests.performance.harness import Bench, Figure


@pytest.fixture
def bench(tmp_path):
    return Bench(data=tmp_path, runs=5)


@pytest.fixture
def measured(monkeypatch):
    """The command with these figures instead of measured ones."""

    def measured(*figures):
        monkeypatch.setattr(command, "_modules", lambda names: [])
        monkeypatch.setattr(command.Command, "_measure", lambda self, modules, options: list(figures))

    return measured


def _figure(figure, bar=3):
    return Figure("mark", figure, bar, "×", runs=5, median=figure, range=(figure, figure))


def test_a_figure_is_held_up_to_its_bar():
    assert _figure(3).held
    assert not _figure(3.01).held


def test_a_figure_that_must_be_reached():
    found = harness.at_least("found", [95.0], bar=95, unit="%")

    assert found.held
    assert "bar at least 95  held" in found.as_line()
    assert not harness.at_least("found", [94.9], bar=95, unit="%").held
    assert found.as_json().keys() == _figure(3).as_json().keys()


def test_what_is_compared_takes_turns(bench, monkeypatch):
    order = []
    monkeypatch.setattr(harness, "seconds", lambda work, number: work(number) or 1)

    bench.ratio("mark", ours=lambda n: order.append(("ours", n)), against=lambda n: order.append(("bare", n)), bar=3)

    assert order[:4] == [("bare", -3), ("ours", -3), ("ours", -2), ("bare", -2)]
    assert order[-2:] == [("ours", 4), ("bare", 4)]


def test_a_ratio_is_one_of_medians(bench, monkeypatch):
    durations = {"ours": [9, 9, 9, 2, 4, 100, 2, 2], "bare": [9, 9, 9, 1, 2, 1, 1, 1]}
    monkeypatch.setattr(harness, "seconds", lambda work, number: durations[work(number)].pop(0))

    figure = bench.ratio("mark", ours=lambda number: "ours", against=lambda number: "bare", bar=3)

    assert (figure.figure, figure.median, figure.runs, figure.range) == (2, 2, 5, (2, 100))


def test_equal_counts_have_no_difference():
    assert harness.equal("queries", [7, 7], unit="queries").held
    assert harness.equal("queries", [7, 17], unit="queries").figure == 10


def test_figures_are_printed_as_json(measured, capsys):
    measured(_figure(2.5))

    call_command("bench", json=True)

    assert json.loads(capsys.readouterr().out) == [
        {
            "name": "mark",
            "figure": 2.5,
            "bar": 3,
            "unit": "×",
            "held": True,
            "runs": 5,
            "median": 2.5,
            "range": [2.5, 2.5],
        }
    ]


def test_it_fails_when_one_falls_short(measured):
    measured(_figure(1), _figure(4))

    with pytest.raises(SystemExit) as left:
        call_command("bench")

    assert left.value.code == 1


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(CommandError, match=r"Not known: speed\. There are: .*"):
        call_command("bench", "speed")


def test_every_measurement_says_what_it_is(capsys):
    call_command("bench", list=True)

    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.partition(": ")[2] for line in lines)
