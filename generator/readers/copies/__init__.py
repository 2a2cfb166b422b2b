"""What the readers of text-like copies share: heads of notes, names of values, dates, and texts made into pages.

Knows no file and no format as a whole; the readers beside it do. Never raises.
"""
