"""Tables of conversations: accounts, messages, attempts to deliver, and the register of raw mail."""

from shouwen.channels.models.accounts import Account
from shouwen.channels.models.conversations import Attachment, Attempt, Conversation, Direction, Message
from shouwen.channels.models.inbound import InboundRecord
from shouwen.channels.models.reaching import AccessToken, Reach

__all__ = [
    "AccessToken",
    "Account",
    "Attachment",
    "Attempt",
    "Conversation",
    "Direction",
    "InboundRecord",
    "Message",
    "Reach",
]
