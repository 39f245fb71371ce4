"""Django's own backend for PostgreSQL, which asks a connection whether it lives without asking the server."""
