"""Everything that can be done with a complaint, as forms."""

from shouwen.complaints.web.deeds import facts, hard, solutions, verdict, way

DEEDS = (*way.DEEDS, *facts.DEEDS, *verdict.DEEDS, *solutions.DEEDS, *hard.DEEDS)
