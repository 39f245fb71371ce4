"""The demonstration company: invented people, invented conversations, clearly marked as such.

It stands above all rooms and is no part of an installation's own data: it goes into an empty database only.
Doors: loading.load, signins.table, simulation.
"""
