"""The sentences that remarks give as reasons. English msgids; translated in this room's locale."""

from shouwen.kernel.errors import N_

COLD = N_("“%(matched)s” leaves the customer standing there. Say what you do next.")
BRUSH_OFF = N_("“%(matched)s” sends the customer away. Whoever was asked first stays responsible.")
RULE = N_("“%(matched)s” hides behind a rule. Give the reason and what is possible instead.")
RUDE = N_("“%(matched)s” sounds rude. The customer hears contempt.")
IMPATIENT = N_(
    "“%(matched)s” sounds impatient. Say that you understand the hurry, and when something happens."
)
DOUBT = N_("“%(matched)s” doubts the customer's word. Ask for what you need to check.")
REFUSAL = N_("“%(matched)s” closes the door. Offer at least one thing that can be done.")
CARELESS = N_("“%(matched)s” sounds indifferent. Say what you recommend.")
BLAME = N_("“%(matched)s” puts the fault on the customer. Describe what happened without a culprit.")
PASSING_ON = N_("“%(matched)s” puts the fault on colleagues. To the customer we are one house.")
JARGON = N_("“%(matched)s” is a word of ours. Say it so that a customer understands it: %(meaning)s.")
ABBREVIATION = N_(
    "“%(matched)s” is an abbreviation that the customer may not know. Write it out or explain it."
)
CERTAIN = N_("“%(matched)s” promises without limits. Say what you can stand for.")
SOON = N_("“%(matched)s” is a promise without a time. Give a time and record it as a promise.")
NO_GREETING = N_("The first reply has no greeting.")
NO_THANKS = N_("The first reply neither thanks for the contact nor says sorry for the trouble.")
NAME = N_(
    "The customer's name stands here %(count)d times. Once or twice is polite, more sounds like a form letter."
)
PASTED = N_("This text is the same as an earlier reply. Fit it to this customer.")
PLACEHOLDER = N_("“%(matched)s” is a gap that was not filled in.")
NO_EMPATHY = N_("The customer is upset. Show first that you understand what it means for them.")
TOO_CHEERFUL = N_("“%(matched)s” is too cheerful for a customer who is upset.")
TOO_SHORT = N_("The customer is upset, and a reply this short may sound curt.")
SHOUTING = N_("“%(matched)s” looks like shouting.")
OWN_LIST = N_("“%(matched)s” is on your organisation's list of words to avoid.")
