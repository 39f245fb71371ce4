"""The event ledger: every fact, once, in the transaction of the change. Timeline, audit, outbox and live updates in one.

Doors: bus (announce, on), queries (timeline), describe.
"""
