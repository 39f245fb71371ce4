"""Customers: persons, organisations and internal customers, how to reach them, what they own, what to mind.

Words: customer, contact point, tier, asset, caution flag, merge, access log.
Doors: queries (reads), services (writes), events (facts).
`services.recognise` is on the path of every incoming contact: one SELECT when the address is known.
"""
