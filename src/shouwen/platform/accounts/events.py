"""Facts about sign-ins and keys to the house. Never a secret, not even a wrong one."""

from shouwen.kernel.events import Fact, fact


@fact("accounts.signed_in")
class SignedIn(Fact):
    user_id: int
    how: list[str]
    address: str


@fact("accounts.signed_out")
class SignedOut(Fact):
    user_id: int
    address: str


@fact("accounts.sign_in_failed")
class SignInFailed(Fact):
    """`user_id` is None when nobody is called so; what was typed is not kept: it may be a password."""

    user_id: int | None
    user_name: str
    address: str
    second_factor: bool = False


@fact("accounts.locked_out")
class LockedOut(Fact):
    user_id: int | None
    user_name: str
    address: str


@fact("accounts.password_changed")
class PasswordChanged(Fact):
    user_id: int
    user_name: str
    address: str


@fact("accounts.factor_added")
class FactorAdded(Fact):
    user_id: int
    sort: str
    label: str
    address: str


@fact("accounts.factor_removed")
class FactorRemoved(Fact):
    user_id: int
    sort: str
    label: str
    address: str


@fact("accounts.codes_renewed")
class CodesRenewed(Fact):
    user_id: int
    address: str
