"""Facts of this room. `subject_kind` and `subject_id` say whose conversation it is, such as "case", 12."""

from shouwen.kernel.events import Fact, fact


@fact("channels.message_received")
class MessageReceived(Fact):
    """A customer (or a machine of theirs, then `automatic`) said something."""

    message_id: int
    subject_kind: str
    subject_id: int
    customer_id: int
    channel: str
    automatic: bool = False


@fact("channels.contact_waits")
class ContactWaits(Fact):
    """Somebody is still on the line and nobody has taken it: offer it again."""

    subject_kind: str
    subject_id: int
    channel: str


@fact("channels.chat_said")
class ChatSaid(Fact):
    """Something was said in a chat, by the visitor or (`ours`) by us."""

    chat_id: int
    message_id: int
    subject_kind: str
    subject_id: int
    customer_id: int
    ours: bool = False


@fact("channels.chat_moved")
class ChatMoved(Fact):
    """`how`: taken, address (given), left, ended."""

    chat_id: int
    how: str
    subject_kind: str
    subject_id: int


@fact("channels.message_sent")
class MessageSent(Fact):
    """The next server has taken over what we wrote."""

    message_id: int
    subject_kind: str
    subject_id: int
    customer_id: int
    channel: str


@fact("channels.delivery_failed")
class DeliveryFailed(Fact):
    """It did not reach the customer, and the machine will not try again."""

    message_id: int
    subject_kind: str
    subject_id: int
    customer_id: int
    channel: str
    address: str = ""
    reason: str = ""


@fact("channels.delivery_maybe")
class DeliveryMaybe(Fact):
    """It may or may not have reached the customer; only a person may send it again."""

    message_id: int
    subject_kind: str
    subject_id: int
    customer_id: int
    channel: str
    reason: str = ""


@fact("channels.file_added")
class FileAdded(Fact):
    """A file of a message that was here already has been fetched."""

    message_id: int
    subject_kind: str
    subject_id: int
    name: str


@fact("channels.account_changed")
class AccountChanged(Fact):
    """A mailbox was added, changed or switched off; before and after say how, never a password."""

    account_id: int
    name: str
