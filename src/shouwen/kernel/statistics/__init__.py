"""Statistics in plain Python: shares with intervals, percentiles, rates, surveys, agreement, staffing.

Nothing is guessed: where there is no data or a figure cannot be computed, the answer is None.
"""

from shouwen.kernel.statistics.agreement import cohen_kappa, kappa_of_ratings, krippendorff_alpha
from shouwen.kernel.statistics.rates import Drop, binomial_at_most, poisson_tail, rate_drop
from shouwen.kernel.statistics.shares import Share, mean, percentile, share_with_interval, wilson
from shouwen.kernel.statistics.staffing import Staffing, erlang_c, rostered, staff_needed
from shouwen.kernel.statistics.surveys import Nps, Servqual, csat, nps, servqual

__all__ = [
    "Drop",
    "Nps",
    "Servqual",
    "Share",
    "Staffing",
    "binomial_at_most",
    "cohen_kappa",
    "csat",
    "erlang_c",
    "kappa_of_ratings",
    "krippendorff_alpha",
    "mean",
    "nps",
    "percentile",
    "poisson_tail",
    "rate_drop",
    "rostered",
    "servqual",
    "share_with_interval",
    "staff_needed",
    "wilson",
]
