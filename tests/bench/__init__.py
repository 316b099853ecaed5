"""The benchmark: a corpus of any size, and what building it costs. `python -m tests.bench.bench` runs it."""
