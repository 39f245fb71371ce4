"""Real servers for the tests: started on loopback from a temporary folder, stopped with the session."""
