"""The bench's applications are ones that the city takes: it is not part of the suite, and would rot unseen."""

from pathlib import Path

from tests.bench.city_intake import measure_city

ROOT = Path(__file__).parents[3]


def test_the_city_takes_what_the_bench_files(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)  # `make bench` runs there
    rows = measure_city(tmp_path, many=2)
    assert all(value > 0 for value, _ in rows.values())
