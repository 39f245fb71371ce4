"""Settings, addresses, servers, the command line. Nobody imports this room."""
