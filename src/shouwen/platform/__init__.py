"""What every room needs and no room is about: accounts, access, ledger, jobs, live, files, mail, search.

Doors: access, frame, windows, automation, privacy, runtime, secrets, logs; the packages accounts,
ledger, jobs, live, files, mail, search, apikit, preferences, ui, web.
"""
