"""Writes, one verb each. Keyword-only, with at= and by=, in one transaction with their fact."""

from shouwen.complaints.services.abuse import (
    flag_for_abuse,
    object_to_abuse,
    record_abuse,
    review_abuse,
)
from shouwen.complaints.services.approving import (
    ask_approval,
    grant_at_once,
    release_grant,
    sign,
    withdraw_approval,
)
from shouwen.complaints.services.case_grants import (
    ask_for_case,
    grant_in_case,
    release_in_case,
    settle_in_case,
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
from shouwen.complaints.services.keeping import follow_merge, reckon, reckon_recent
from shouwen.complaints.services.library import (
    answer_question,
    make_entry,
    publish_entry,
    save_entry,
    take_back_entry,
)
from shouwen.complaints.services.offering import add_option, carry_out, choose_option, set_acceptance
from shouwen.complaints.services.on_site import ask_on_site
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
from shouwen.complaints.services.telling_others import tell_members, told_member
from shouwen.complaints.services.threat_mail import mail_threat
from shouwen.complaints.services.threat_settings import save_abuse_template, set_threat
from shouwen.complaints.services.threats import (
    acknowledge_threat,
    add_threat_evidence,
    add_threat_step,
    end_threat,
    flag_for_threat,
    register_threat,
    remind_of_threats,
    take_threat_pack,
)
from shouwen.complaints.services.ticking import tell_of_limit, tick

__all__ = [
    "LONGEST_MINUTES",
    "acknowledge",
    "acknowledge_threat",
    "add_account",
    "add_evidence",
    "add_member",
    "add_option",
    "add_threat_evidence",
    "add_threat_step",
    "answer_outside",
    "answer_question",
    "ask_approval",
    "ask_for_case",
    "ask_on_site",
    "assess",
    "carry_out",
    "choose_option",
    "decide_nature",
    "end_move",
    "end_threat",
    "explain",
    "flag_for_abuse",
    "flag_for_threat",
    "follow_confirmation",
    "follow_kind",
    "follow_merge",
    "follow_recovery",
    "follow_reopening",
    "follow_reply",
    "furnish",
    "go_back",
    "grant_at_once",
    "grant_in_case",
    "import_list",
    "keep_upload",
    "mail_threat",
    "make_entry",
    "make_move",
    "name_investigator",
    "object_to_abuse",
    "open_for",
    "pass_stage",
    "plan_recovery",
    "publish_entry",
    "reckon",
    "reckon_recent",
    "record_abuse",
    "record_customers_answer",
    "record_customers_word",
    "record_outside",
    "record_receipt",
    "register_threat",
    "release_grant",
    "release_in_case",
    "remind_of_threats",
    "remove_evidence",
    "remove_list",
    "remove_member",
    "reopen",
    "review",
    "review_abuse",
    "save_abuse_template",
    "save_basis",
    "save_entry",
    "save_template",
    "set_acceptance",
    "set_budget",
    "set_limit",
    "set_stage",
    "set_threat",
    "settle_in_case",
    "settle_urgent",
    "sign",
    "state_no_evidence",
    "take_back_entry",
    "take_threat_pack",
    "tell_members",
    "tell_of_limit",
    "tick",
    "told_member",
    "withdraw",
    "withdraw_approval",
]
