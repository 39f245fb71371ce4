"""Promises: what was said to a customer with a time, and the time we have for it.

Words: calendar, official day, service item, standard, clock, pause, promise, expectation.
Knows what it is about only as a subject, `("case", 12)`; rooms above lend it words (`subjects.register`).
Doors: services.*, queries.*, events, subjects, rules.finder, rules.satisfaction.
"""
