"""Real servers for tests, on loopback: an SMTP server that keeps what it gets, and Dovecot."""
