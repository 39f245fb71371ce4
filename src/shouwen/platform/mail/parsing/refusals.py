"""Why a message could not be read at all; the raw message is kept all the same."""

from shouwen.kernel.errors import N_

REFUSALS = {
    "empty": N_("The message is empty."),
    "not_mail": N_("This is not an e-mail message."),
    "too_large": N_("The message is larger than allowed."),
}
