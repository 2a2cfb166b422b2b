"""A dead site recovered from a web archive: its index asked, its mementos fetched, whole batches of them kept as WARC.

The only room but `serve` that opens the network, and only when it is called. It asks one thing at a time and waits in
between, never leaves the archive that it was told to ask, writes originals through `content` alone, and leaves what a
page means to `extract`. It holds no clock: whoever calls it hands it a way to wait.
"""

from generator.wayback.recovery import Recovery, Survey, recover, survey
from generator.wayback.wanted import Wanted, Ways, wanted

__all__ = ["Recovery", "Survey", "Wanted", "Ways", "recover", "survey", "wanted"]
