"""How the house rules read the source: rooms, floors, modules, syntax trees."""
