"""Tables of conversations: accounts, messages, attempts to deliver, the register of raw mail, calls."""

from shouwen.channels.models.accounts import Account
from shouwen.channels.models.chats import Chat, ChatLine, Talk
from shouwen.channels.models.conversations import Attachment, Attempt, Conversation, Direction, Message
from shouwen.channels.models.counter import Counter, Hall, Matter, NumberRound, Visit
from shouwen.channels.models.inbound import InboundRecord
from shouwen.channels.models.reaching import AccessToken, Reach
from shouwen.channels.models.signed import SignedRefusal, SignedSeen
from shouwen.channels.models.telephone import Call, CallEvent, Extension, Line, PhoneSystem

__all__ = [
    "AccessToken",
    "Account",
    "Attachment",
    "Attempt",
    "Call",
    "CallEvent",
    "Chat",
    "ChatLine",
    "Conversation",
    "Counter",
    "Direction",
    "Extension",
    "Hall",
    "InboundRecord",
    "Line",
    "Matter",
    "Message",
    "NumberRound",
    "PhoneSystem",
    "Reach",
    "SignedRefusal",
    "SignedSeen",
    "Talk",
    "Visit",
]
