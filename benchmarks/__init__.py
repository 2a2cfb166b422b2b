"""How fast Backfile is: `python -m benchmarks [N ...]`, never part of the tests."""
