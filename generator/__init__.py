"""Backfile: a heap of saved news pages in, a static news archive out.

    from generator import model, pipeline
    from generator.config import load

    settings = load(Path("my-archive"))
    report = pipeline.build(settings)

The rooms, and which may import which, are in ARCHITECTURE.md.
"""

__version__ = "0.1.0"
