"""What demonstration customers and staff say. Invented here; {slots} are filled from a seeded dice."""
