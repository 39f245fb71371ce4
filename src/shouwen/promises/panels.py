"""What promises hang on others' pages."""
