"""A month of two outlets that publish, edit, retitle, revert, move and delete, followed hour by hour.

The script knows all that happens; after the month every view must say the same. `python -m newsmon.newsstand.month`
plays it, also with a run that is killed again and again.
"""
