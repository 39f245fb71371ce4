"""Files: bytes on disk by their hash, a row for what they are.

Doors: services (store, raw), removing (remove), queries, link.
"""
