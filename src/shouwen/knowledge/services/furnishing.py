"""A first set of templates, so that a new installation can greet, thank, hand over and say that it takes longer.

Generic on purpose: nothing in them is true of one organisation only.
"""
# ruff: noqa: E501 - one template, one line

from datetime import datetime

from django.db import transaction

from shouwen.knowledge.models import Template
from shouwen.knowledge.services.templates import save_template
from shouwen.platform.access import Actor

ZH = (
    ("问候", "greeting", "{{customer_name}}，您好！我是{{agent_name}}，您的问题由我负责到底。"),
    ("问候（再次来信）", "greeting", "{{customer_name}}，您好！又收到您的消息，我继续为您跟进。"),
    ("问候（投诉）", "greeting", "{{customer_name}}，您好！给您添了麻烦，非常抱歉。我是{{agent_name}}，这件事由我负责到底。"),
    ("感谢告知", "thanks", "感谢您告诉我们这个情况。"),
    ("感谢耐心等候", "thanks", "感谢您的耐心等候，让您久等了。"),
    ("感谢建议", "thanks", "感谢您提出的建议，我已经记下并转给负责的同事；有结果我会告诉您。"),
    ("感谢表扬", "thanks", "感谢您的肯定！我会把您的话转达给同事，这是对我们最好的鼓励。"),
    ("已收到，正在核实", "reply", "您反映的情况我已经记下（编号{{case_ref}}），正在核实。我会这样跟进：{{promise}}。"),
    ("需要补充资料", "reply", "为了把事情办好，还需要您补充以下内容：\n1. \n2. \n收到后我这样安排：{{promise}}。"),
    ("处理中，需要更多时间", "reply", "这件事比预计需要更多时间，很抱歉让您等待。目前的进展是：\n\n接下来：{{promise}}。期间有变化，我会主动联系您。"),
    ("移交通知", "reply", "您的事情（编号{{case_ref}}）接下来由我的同事负责，前面的情况我已经完整说明，您不需要再讲一遍。同事会这样与您联系：{{promise}}。"),
    ("请客户确认理解", "reply", "我来复述一下，看我理解得对不对：\n\n如果有出入，请您直接告诉我。"),
    ("请客户确认解决", "reply", "问题已经按约定处理好了。请您看一看是否真的解决了；如果还有不对的地方，直接回复我，我接着办。"),
    ("电话等候征询", "reply", "我需要查一下记录，大约要一分钟，您是愿意在线等一下，还是我稍后给您回电？"),
    ("结束语", "closing", "您还有其他需要，随时联系我。祝您一切顺利！\n{{agent_name}}\n{{organisation}}"),
    ("结束语（致歉）", "closing", "再次为给您带来的不便致歉，也感谢您的理解。\n{{agent_name}}\n{{organisation}}"),
    ("通话记录", "note", "客户来电要点：\n客户的期望：\n我已确认的理解：\n下一步与时间：{{promise}}"),
)  # fmt: skip
EN = (
    ("Greeting", "greeting", "Dear {{customer_name}},\nmy name is {{agent_name}}, and I am responsible for your request until it is solved."),
    ("Greeting, writing again", "greeting", "Dear {{customer_name}},\nthank you for writing again. I am still looking after your request."),
    ("Greeting, complaint", "greeting", "Dear {{customer_name}},\nI am sorry for the trouble this has caused you. My name is {{agent_name}}, and I will see this through."),
    ("Thanks for telling us", "thanks", "Thank you for telling us about this."),
    ("Thanks for waiting", "thanks", "Thank you for your patience, and I am sorry for the wait."),
    ("Thanks for a suggestion", "thanks", "Thank you for your suggestion. I have passed it on to the colleague in charge and will let you know what comes of it."),
    ("Received, checking", "reply", "I have written down what you told us (reference {{case_ref}}) and am checking it. What happens next: {{promise}}."),
    ("More information needed", "reply", "To settle this I need the following from you:\n1. \n2. \nOnce I have it: {{promise}}."),
    ("It takes longer", "reply", "This takes longer than expected, and I am sorry that you have to wait. Where we stand:\n\nNext: {{promise}}. If anything changes before that, I will contact you."),
    ("Handoff notice", "reply", "A colleague of mine takes over your request (reference {{case_ref}}). I have passed on everything, so you need not explain it again. You will hear from us: {{promise}}."),
    ("Ask whether I understood", "reply", "Let me say it in my words, so that you can tell me whether I have understood:\n\nIf anything is not right, please tell me."),
    ("Ask whether it is solved", "reply", "We have done what we agreed. Please see whether it is really solved; if something is still wrong, just answer this message and I will go on."),
    ("Closing", "closing", "If there is anything else, please write to me.\nKind regards\n{{agent_name}}\n{{organisation}}"),
    ("Closing, apology", "closing", "Once more, I am sorry for the trouble, and thank you for your understanding.\nKind regards\n{{agent_name}}\n{{organisation}}"),
    ("Call note", "note", "What the customer said:\nWhat they expect:\nWhat I confirmed:\nNext step and time: {{promise}}"),
)  # fmt: skip


@transaction.atomic
def furnish(*, at: datetime, by: Actor) -> int:
    """Put in what is not there yet, by name; what somebody changed or switched off stays. Returns how many."""
    there = set(Template.objects.values_list("name", "language"))
    wanted = [(entry, language) for entries, language in ((ZH, "zh-hans"), (EN, "en")) for entry in entries]
    missing = [(entry, language) for entry, language in wanted if (entry[0], language) not in there]
    for (name, sort, body), language in missing:
        save_template(name=name, sort=sort, body=body, language=language, at=at, by=by)
    return len(missing)
