"""The border between `content/` and everything that others may see: what of an article may be shown.

Pure but for `Border.read`, the one way by which pages and exports come to an article. What it lets through is safe to
publish anywhere; what it does not, no room behind it has ever seen. Nothing here writes or reads the clock.
"""

from generator.withholding.border import Border, Notice, Shown, border
from generator.withholding.words import own_words

__all__ = ["Border", "Notice", "Shown", "border", "own_words"]
