"""People: who works here, in which team, what they can, and whether they are on duty now.

Words: staff, team, department, skill, provider, presence, authority level, limits.
Doors: queries (reads), services (writes), events (facts). A staff member's id is the user's id.
Roles and permissions themselves live in the platform's access; this room says who carries them.
"""
