"""Facts about tokens. Never a secret."""

from shouwen.kernel.events import Fact, fact


@fact("apikit.token_made")
class TokenMade(Fact):
    token_id: int
    user_id: int
    user_name: str
    label: str


@fact("apikit.token_revoked")
class TokenRevoked(Fact):
    token_id: int
    user_id: int
    user_name: str
    label: str
