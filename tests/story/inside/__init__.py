"""Small programs that run inside an installation's environment, in a process of their own."""
