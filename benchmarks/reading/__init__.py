"""How well the site reads, by other people's gauges: `python -m benchmarks.reading`, never part of the tests."""
