"""A capture as it can be looked at and cannot do anything: an inert copy of the page, in one file that asks for nothing.

Script, plug-ins, frames, forms and every address are gone; styles are those that `styles` lets pass; pictures are those that
came with the page, inside the file. The allow-list of `nh3` has the last word on markup, and the page's own policy lets
nothing load. Pure, and never raises for what a capture holds.
"""

from generator.snapshot.inert import MAX_PICTURE_BYTES, MAX_PICTURES_BYTES, MAX_TEXT, Snapshot, inert, plain

__all__ = ["MAX_PICTURES_BYTES", "MAX_PICTURE_BYTES", "MAX_TEXT", "Snapshot", "inert", "plain"]
