"""Plain Python that every room stands on: errors, events, working time, money, references, statistics, text.

No Django, no clock, no database. Everything here is a value in, a value out.
Doors: errors, events, worktime, money, references, statistics, text.
"""
