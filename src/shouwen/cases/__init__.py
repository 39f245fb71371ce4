"""Cases: one thing a customer wants, from first contact to the customer's own "solved".

Words: case, owner (首问责任人), handoff, task, understanding, escalation, resolution, confirmation.
Doors: services (one verb each), queries (get, visible_to, locked, inbox), events.
Windows it opens: "case.sidebar", "case.header", "case.composer", "supervisor.page".
"""
