"""Complaints: what is wrong, who has to answer for it, what is offered, and what the customer says of it.

Words: complaint, stage, account, evidence, nature (validity, demand, liability), basis, remedy, option,
approval, compensation ledger, deadlock move, recovery. A complaint stands beside its case, which keeps the
conversation, the owner and the customer's own confirmation.
Doors: services (one verb each), queries (get, visible_to, locked), events.
"""
