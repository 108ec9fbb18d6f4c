from benchmarks.reading import photographs, plot
from benchmarks.reading.photographs import Photograph
from verifier.reading.scan import Quad, Symbol

SQUARE: Quad = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0))
AWAY: Quad = ((50.0, 10.0), (60.0, 10.0), (60.0, 20.0), (50.0, 20.0))


def symbol(data: bytes, quad: Quad = SQUARE) -> Symbol:
    return Symbol(data, quad, None)


def test_a_photograph_with_texts_counts_exact_payloads_alone() -> None:
    photograph = Photograph("", "", ("one", "other"), ())
    score = photographs._score(photograph, [symbol(b"one"), symbol(b"neither")])
    assert (score.symbols, score.read, score.wrong) == (2, 1, 1)


def test_a_trap_counts_everything_that_is_read_in_it() -> None:
    score = photographs._score(Photograph("", "", (), ()), [symbol(b"phantom")])
    assert (score.symbols, score.read, score.wrong) == (0, 0, 1)


def test_a_photograph_with_marks_counts_symbols_that_lie_in_them() -> None:
    score = photographs._score(Photograph("", "", (), (SQUARE, AWAY)), [symbol(b"any", AWAY), symbol(b"more", AWAY)])
    assert (score.symbols, score.read) == (2, 1)


def test_a_plot_names_its_series_and_keeps_to_its_frame() -> None:
    drawn = plot.lines("rate & time", "seconds", "%", {"ours": [(0.0, 0.0), (1.0, 100.0)], "<other>": [(0.0, 50.0)]})
    assert "rate &amp; time" in drawn
    assert "&lt;other&gt;" in drawn
    assert 'points="60.0,350.0 540.0,40.0"' in drawn
