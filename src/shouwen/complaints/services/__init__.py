"""Writes, one verb each. Keyword-only, with at= and by=, in one transaction with their fact."""

from shouwen.complaints.services.approving import (
    ask_approval,
    grant_at_once,
    release_grant,
    sign,
    withdraw_approval,
)
from shouwen.complaints.services.configuring import (
    LONGEST_MINUTES,
    save_basis,
    save_template,
    set_budget,
    set_limit,
    set_stage,
)
from shouwen.complaints.services.finding_facts import (
    add_account,
    add_evidence,
    name_investigator,
    record_customers_answer,
    remove_evidence,
    state_no_evidence,
)
from shouwen.complaints.services.furnishing import furnish
from shouwen.complaints.services.hard import (
    add_member,
    answer_outside,
    end_move,
    follow_recovery,
    make_move,
    plan_recovery,
    record_customers_word,
    record_outside,
    remove_member,
    review,
)
from shouwen.complaints.services.importing import import_list, keep_upload, remove_list
from shouwen.complaints.services.judging import decide_nature, explain
from shouwen.complaints.services.library import (
    answer_question,
    make_entry,
    publish_entry,
    save_entry,
    take_back_entry,
)
from shouwen.complaints.services.offering import add_option, carry_out, choose_option, set_acceptance
from shouwen.complaints.services.opening import follow_kind, open_for
from shouwen.complaints.services.passing import (
    follow_confirmation,
    follow_reopening,
    go_back,
    pass_stage,
    reopen,
    withdraw,
)
from shouwen.complaints.services.receiving import (
    acknowledge,
    assess,
    follow_reply,
    record_receipt,
    settle_urgent,
)
from shouwen.complaints.services.ticking import tell_of_limit, tick

__all__ = [
    "LONGEST_MINUTES",
    "acknowledge",
    "add_account",
    "add_evidence",
    "add_member",
    "add_option",
    "answer_outside",
    "answer_question",
    "ask_approval",
    "assess",
    "carry_out",
    "choose_option",
    "decide_nature",
    "end_move",
    "explain",
    "follow_confirmation",
    "follow_kind",
    "follow_recovery",
    "follow_reopening",
    "follow_reply",
    "furnish",
    "go_back",
    "grant_at_once",
    "import_list",
    "keep_upload",
    "make_entry",
    "make_move",
    "name_investigator",
    "open_for",
    "pass_stage",
    "plan_recovery",
    "publish_entry",
    "record_customers_answer",
    "record_customers_word",
    "record_outside",
    "record_receipt",
    "release_grant",
    "remove_evidence",
    "remove_list",
    "remove_member",
    "reopen",
    "review",
    "save_basis",
    "save_entry",
    "save_template",
    "set_acceptance",
    "set_budget",
    "set_limit",
    "set_stage",
    "settle_urgent",
    "sign",
    "state_no_evidence",
    "take_back_entry",
    "tell_of_limit",
    "tick",
    "withdraw",
    "withdraw_approval",
]
