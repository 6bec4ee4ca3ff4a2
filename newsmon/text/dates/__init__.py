"""A date string in, an instant out, with the rule that read it and what was doubtful.

French (Canada and elsewhere), English, and what programs print. Nothing here reads a clock; dateparser, the second
reader, is imported only when a string needs it.
"""

from newsmon.text.dates.reader import read_date
from newsmon.text.dates.reading import FLAGS, DateReading

__all__ = ["FLAGS", "DateReading", "read_date"]
