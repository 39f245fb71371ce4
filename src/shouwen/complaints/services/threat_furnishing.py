"""What a fresh installation says about threats and abuse, in our own words; an organisation writes its own over it."""

from django.db import transaction

from shouwen.complaints.models import AbuseTemplate, ThreatSetting

# kind: (Chinese, English); a line is one thing to do
GUIDANCE: dict[str, tuple[str, str]] = {
    "legal": (
        "不争辩对错，也不替公司承诺任何法律结果。\n"
        "请对方说明诉求和依据，逐字记下来，问清律师或法院的联系方式。\n"
        "收到的函件、传票立即拍照上传，原件当天交到法务。\n"
        "此后涉及事实和责任的书面回复，先请法务看过再发。\n"
        "该办的服务照常办，承诺照常兑现。",
        "Do not argue who is right, and promise no legal result for the company.\n"
        "Ask what they want and what it rests on; write it down word for word, with the lawyer's or court's address.\n"
        "Photograph every letter or summons at once; the original reaches the legal team the same day.\n"
        "From now on the legal team reads written answers about facts and liability before they go out.\n"
        "The service goes on, and promises are kept.",
    ),
    "personal": (
        "人身安全第一，任何一单业务都不值得冒险。\n"
        "先离开：退到有人、有监控、有出口的地方，不单独留在现场。\n"
        "感到危险立即拨打110，说清地点、人数、有没有器械。\n"
        "不刺激、不推搡、不还手；能答应的只说“我马上请能决定的人联系您”。\n"
        "保存录音、录像和信息，不删改；当天不再安排被威胁的人单独面对此人。",
        "People first: no job is worth a risk.\n"
        "Leave: go where there are people, cameras and a way out; nobody stays there alone.\n"
        "In danger call the police (110) at once: where, how many people, any weapon.\n"
        "Do not provoke, push or strike back; say only “somebody who can decide will call you at once”.\n"
        "Keep recordings and messages as they are; who was threatened does not face this person alone today.",
    ),
    "media": (
        "不劝阻、不求情，也不要求对方删帖；客户有说话的权利。\n"
        "不以个人身份回应网上的内容，统一由指定的人对外说话。\n"
        "问清在哪里、什么时候发布，截图留存，写上时间和链接。\n"
        "先把客户真正着急的那件事办好，这比任何声明都有用。\n"
        "对客户只说查实的事实和下一步时间。",
        "Do not dissuade, plead or ask for a post to be taken down; a customer may speak.\n"
        "Nobody answers in public on their own; one named person speaks for us.\n"
        "Ask where and when it appears; keep screenshots with time and address.\n"
        "First mend what really presses the customer: it helps more than any statement.\n"
        "Tell the customer only checked facts, and when the next step comes.",
    ),
    "detention": (
        "人比车和设备重要：能走先走，东西留下，不要为了拿回设备起冲突。\n"
        "不让走就不硬闯：坐下、保持通话、说话平缓，告诉对方“我已经请能决定的人来谈”。\n"
        "马上报平安：地点、几个人、有没有人受伤、手机还有多少电；约定每15分钟通一次话。\n"
        "人身自由受限制就拨打110；不方便说话就发短信12110。\n"
        "不在现场签任何东西，不付钱，不做承诺；由有权限的人决定，决定后当场告诉客户。\n"
        "派人接应但不带人对峙；记下车牌、设备编号、在场的人，拍得到就拍。",
        "People count more than vehicles: if you can go, go and leave the things; no fight over equipment.\n"
        "If they do not let you go, do not force it: sit down, stay on the line, speak calmly, say “somebody who can "
        "decide is on the way to talk to you”.\n"
        "Report at once: where, how many people, anybody hurt, how much battery; then a call every 15 minutes.\n"
        "If you are not free to leave, call the police (110), or text 12110 where you cannot speak.\n"
        "On site sign nothing, pay nothing, promise nothing; who has the authority decides, and the customer is told "
        "there and then.\n"
        "Somebody comes to fetch you, not to confront; note plates, serial numbers and who is there, with photos if "
        "it is safe.",
    ),
}
MINUTES = {"legal": 60, "personal": 5, "media": 30, "detention": 5}

# step: (Chinese, English)
TEXTS: dict[str, tuple[str, str]] = {
    "notice": (
        "{customer}，我很想把您的事情（{reference}）办好，也听得出您很着急。"
        "刚才有些话伤到了人，请我们都好好说话，我继续为您办。",
        "{customer}, I want to settle your matter ({reference}), and I hear how much it presses you. "
        "Some of what was just said hurts. Let us speak to each other with respect, and I go on for you.",
    ),
    "warning": (
        "{customer}，这已经是第二次提醒您：辱骂、威胁我们的同事，我们不能接受。"
        "如果再这样，这次沟通只好到此为止；您的事情（{reference}）不会因此停下，仍由{agent}负责到底。"
        "您若认为这个提醒不公道，可以随时提出，我们会请另一位主管来看。",
        "{customer}, this is the second time I have to say it: we do not accept insults or threats to colleagues. "
        "If it happens again this contact ends here. Your matter ({reference}) does not stop for it: {agent} stays "
        "responsible. If you find this unfair, tell us, and another supervisor looks at it.",
    ),
    "ending": (
        "{customer}，我现在结束这次沟通。您的事情（{reference}）照常办理，仍由{agent}负责，有进展会主动告诉您。"
        "您还可以这样找到我们：{ways}。对这次结束有意见，也请告诉我们，会有另一位主管复核。",
        "{customer}, I am ending this contact now. Your matter ({reference}) goes on, {agent} stays responsible and "
        "tells you what comes. You can still reach us: {ways}. If you object to this ending, tell us, and another "
        "supervisor reviews it.",
    ),
}


@transaction.atomic
def furnish_threats() -> None:
    """Twice does no harm: what is there stays as it was set."""
    known = set(ThreatSetting.objects.values_list("kind", flat=True))
    ThreatSetting.objects.bulk_create(
        [
            ThreatSetting(kind=kind, zh=zh, en=en, minutes=MINUTES[kind])
            for kind, (zh, en) in GUIDANCE.items()
            if kind not in known
        ]
    )
    told = set(AbuseTemplate.objects.values_list("step", "language"))
    AbuseTemplate.objects.bulk_create(
        [
            AbuseTemplate(step=step, language=language, text=text)
            for step, texts in TEXTS.items()
            for language, text in zip(("zh-hans", "en"), texts, strict=True)
            if (step, language) not in told
        ]
    )
