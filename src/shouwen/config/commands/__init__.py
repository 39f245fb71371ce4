"""What the subcommands of `shouwen` do."""
