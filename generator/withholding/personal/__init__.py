"""Words blacked out of an article: those that a person names, and personal data known by their form.

The forms are data, a file a language. What looks like a number of the state's must also pass that state's own check.
"""

from generator.withholding.personal.forms import mark
from generator.withholding.personal.redaction import BLACK, Redaction, redact

__all__ = ["BLACK", "Redaction", "mark", "redact"]
