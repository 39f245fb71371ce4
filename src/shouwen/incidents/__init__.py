"""Incidents (one cause behind many cases now) and problems (one cause behind cases over time).

Cases that look alike are noticed and offered, people link them; one update reaches every affected customer on
their own channel with their own promise, and each says for themselves whether it works again.

Doors: services, queries, events.
"""
