"""The telephone: a call is recorded with its notes. Holding and transferring need the caller's permission."""
