"""Is it a promise? The words around a time in a Chinese sentence, judged clause by clause."""

import re

from .shape import Around, Verdict

_US = (
    r"(?:我们?|咱们|俺们|我司|我方|本公司|公司|本店|工程师|师傅|技术员|技术部|技术人员|维修人员|维修工|维修部|售后|客服|专员|专人|经理|主管"
    r"|同事|负责人|仓库|财务|物流|快递|服务商|厂家|工厂|部门|班组|班长|专家|人员|团队|员工)"
)
_OBJECT_BEFORE = r"(?<![给向联系把诉知与和跟发供复电转到寄让找])"
_SUBJECT_US = re.compile(_OBJECT_BEFORE + _US)
_AHEAD = re.compile(
    r"会(?!议|员|计|场|展)|将(?!军|近|就)|必(?!须|要)|承诺|保证|一定|必定|争取|尽量|尽力|力争|马上|就(?!是|算|业)|可以|能够?|负责|打算|准备|计划|安排|预计|预约|约定|定于|约在"
)
_DEED = re.compile(
    r"回电|回复|答复|答覆|联系|联络|致电|打电话|通电话|电话|通知|告知|告诉|反馈|处理|解决|修复|修好|维修|检修|抢修|上门|登门|到达|到场|到现场"
    r"|赶到|赶过?去|抵达|寄[出给到回走]?|发[出给货您你送往布回走]|回[您你]|邮寄|送[达到货去给过]|配送|派送|退[款还回给]|到账|打款|赔付|赔偿|补[发偿寄]|更换"
    r"|换[货新好]|完成|完毕|完工|办[理好妥结完]|开[具票好]|提供|给[您你到出]|跟进|核[实查对]|查[清明询到]|确认|安排|派[出人员车]?|出具|提交|恢复|开通"
    r"|更新|审[核批]|拜访|取[件货]|交[付货]|回访|回应|回信|汇报|说明|解释|出结果|有结果|结果|到[货位]|升级|出发|受理|调试|安装|检[测查]|[送修换]好"
    r"|收到|得到|拿到|看到|领到|送来|发来|测试|复查|巡检|培训|回音|准信|音讯|有消息|更新|发布|发版|推送|改[好进正完约期]|做[完好]|搞定|弄好|排查|研究|看一下|去看看|到港|拿出|调整|结束|拉[过到]|整理|帮[您你]|对账|入账|返还|发放|补齐|调[货换]|备好|赠送|兑现|落实|了结|结案|整改|上线|生效|复电|来电|见面|对接|介入|到[您你]|会到|能到|过[去来]|到\s*$"
)
_TO_CUSTOMER = re.compile(r"[给向为替帮跟同](?:您|你|贵)")
_TELLS_YOU = re.compile(r"(?:答复|答覆|回复|联系|通知|告知|告诉|反馈|致电)(?:您|你)(?!的)")
_HEDGE = re.compile(
    r"可能|一般|意外|顺利|大概|大约|预计|估计|应该|应当|尽量|尽力|争取|力争|希望|也许|或许|差不多|左右|正常情况|原则上|计划|打算"
)
_NEGATION = re.compile(
    r"(?<!会)不(?!超过|晚于|迟于|管|好意思|便|仅|但|论|用担心|用着急|过|同|断|要着急|要担心|要紧|客气|耽误|影响|让|再)"
    r"(?:能|会|可以|可能|一定|保证|承诺|是|敢|确定|到|了|得|算|行|方便|用|必|需要|打算|安排|处理|上班|办理|营业|受理|提供|接)?"
    r"|没(?:有)?(?!问题|关系|事)(?:办法|法)?|无法|未(?!来|尽)|难以|恐怕|做不到|来不及|也希望|并非|不是|取消|暂停|停止|拒绝|除外"
)
_CONDITION = re.compile(
    r"如果|假如|假设|要是|若(?!干)|倘若|一旦|只要|只有|除非|万一|的话|前提|否则|视.{0,8}而定|取决于|有待|等您|待您|等你"
    r"|^如(?!下|期|实|约|上|此|同|无意外|今)|(?<=[，,\s])如(?!下|期|实|约|上|此|同|无意外|今)"
)
_FINE_CONDITION = re.compile(
    r"(?:如果?|要是|假如)?(?:不出|没有?|无|未出)(?:什么|其他|特殊|任何)?(?:意外|问题|情况|变化)(?:的话)?|(?:如果?|要是)?(?:一切)?(?:顺利|正常|运气好|幸运)的话|如无意外"
)
_ONLY_THEN = re.compile(r"才(?:能|会|可|有)")
_LEFT_OPEN = re.compile(r"了?再(?:说|看(?!您)|定|议)|最快$")
_AFTER_EVENT = re.compile(
    r"(?:收到|接到|提供|提交|确认|付款|支付|下单|审核|审批|通过|到货|检测|签收|签字|寄到|寄回|寄来|批准|购买|注册|开票|完成|生效|签订|签约|受理|发货|申请|出院|验收|登记|到账|归还|退回|收货|清关|审查|评估|验证|核对)"
    r".{0,14}?(?:[以之]?后|起|(?<!今)之?日(?:起|内)?|时)(?:的)?[，,\s]*(?:(?:我们?|我司|公司|客服)(?:的[^，,。]{1,6}?)?)?(?:会|将|就)?(?:在|于)?$"
    r"|(?<!再)等[^，,。]{1,14}(?:[以之]?后|了)[，,\s]*(?:我们?|我司|公司|客服)?(?:会|将|就)?(?:在|于)?$"
)
_POLICY = re.compile(
    r"无理由|保修|质保|三包|有效期|有效(?!地)|包退|包换|营业时间|工作时间|服务时间|办公时间|上班时间|受理时间|开放时间|热线时间|接听时间|营业|开门|关门|放假|休息"
    r"|24小时(?:热线|服务|在线|客服)|每[天日周月个年]|每逢|平时|节假日|周一[至到~-]|按规定|规定|截止|报名|活动|促销|优惠|都可以(?=安排|来|到|$)|都行|看您的时间|停[水电气网](?!后|了)|通常|一般(?:来说|情况下?|而言)|往往|平均|周期为|会议|展会|直播|过期|逾期|失效|作废|政策"
)
_PAST = re.compile(
    r"昨[天日晚早]|(?<!提)前天|那[天晚]|后来|^\s*结果(?!出|报|明|已)|竟然?|居然|果然|终于|刚刚?(?!好)|至今|上周|上个?月|上次|曾|下的[订单]|头一?天|才(?!能|会|可|有|敢|好)|原本|原定|本来|原计划|本应|本该|当时|此前|先前|去年|刚才是|那天|之前(?:说|答应|承诺|约)"
)
_DONE = re.compile(
    r"已经?(?!安排|预约|约|派|请|定|通知|联系|转|协调|催|为您(?:安排|预约)|给您(?:安排|预约|约)|跟|与|和|让|要求|督促|确认|下单|加急)"
    r"|(?:完成|处理|修|修复|寄|寄出|发|发出|发货|回复|答复|联系|恢复|解决|到|到账|退|退款|换|更换|办|办理|告知|通知|打|给您打|送|送达|查|收到|接到|核实)(?:完|好|过)?了(?!解)|过了|刚(?:刚|才)?(?:给|跟|和|已)|[打通]过|联系过"
)
_ENDED = re.compile(r"(?:了|过)\s*$")
_ENDS_AHEAD = re.compile(r"就|可以|能|要|快|该|准备|安排|约|定|派|通知")
_SURE_AHEAD = re.compile(r"会(?!议|员|计)|将(?!近)|再(?!次)|继续|就[给向为去来能]")
_SAID_BY_CUSTOMER = re.compile(
    r"(?:您|你|客户|顾客|对方|贵司|贵公司|先生|女士)(?:刚才|刚刚|之前|昨天|上次|一直|在.{1,6}[中里])?"
    r"(?:说|提到|提出|表示|反映|反馈|讲|希望|要求|想|期望|认为|觉得|担心|问|询问|告诉|写道|来信|抱怨|投诉|留言)(?!的|我们?会)"
)
_DUTY = re.compile(
    r"请(?!假|示|放心|理解|谅解|教|求|了|到)|麻烦|烦请|劳驾|务必|敬请|恳请|建议您|提醒您|记得|别忘|需您|需要您|[您你](?:需要?(?!的)|要(?!的|求)|应|必须|得|务必|可以?|能(?!.{0,12}收到)|方便时)|欢迎|以便"
)
_OUR_REQUEST = re.compile(
    rf"(?:{_US}(?:会|将|再|就|马上|已经?|立即)?|已经?|会|将|再)请(?!您|你)|请{_US}|(?:请|麻烦)(?:您|你)?(?:放心|相信|再?稍?等|(?=[，,]))"
)
_CUSTOMER_ACTS = re.compile(
    r"(?:^|[，,。\s]|说)(?:那|那么|好的)?(?:您|你|贵司|贵公司|客户)(?!的|那|这|好|反|提|说|要求|所|们的|放心|们放心)"
)
_CUSTOMER_GETS = re.compile(r"收到|得到|看到|拿到|领到|取到|接到|用上|享受|查到|恢复使用")
_ASKED = re.compile(
    r"吗|呢|好不好|行不行|可不可以|是不是|能不能|是否|方便不|什么|怎么|哪|几点|何时|多久|谁|么$"
)
_TAG = re.compile(
    r"^(?:您看|你看)?(?:好吗|好不好|可以吗|行吗|行不行|可以不|怎么样|如何|方便吗|没问题吧|您看.{0,8}|合适吗|是否可以|是否方便)$"
)


_PROPOSES = re.compile(rf"{_SUBJECT_US.pattern}|改[约期到]|约在|安排在")


def judge(around: Around) -> Verdict:
    """promise, hedged (said with doubt), customer (the customer's part), or no."""
    said = _FINE_CONDITION.sub("", around.before + around.after)
    if _asked(around) or _conditional(around) or _is_history(around):
        return "no"
    if _POLICY.search(said) or _reported(around):
        return "no"
    if _NEGATION.search(said) or not (_DEED.search(said) or _TO_CUSTOMER.search(said)):
        return "no"
    if _customers_part(around):
        return "customer"
    if not _committed(around) or (around.loose and _is_a_story(around)):
        return "no"
    doubt = _HEDGE.search(around.clause) or _FINE_CONDITION.search(around.earlier)
    return "hedged" if doubt or _asks_leave(around) else "promise"


def has_deed(words: str) -> bool:
    return bool(_DEED.search(words) or _TO_CUSTOMER.search(words))


def _asked(around: Around) -> bool:
    if _asks_leave(around):
        return False
    return (
        bool(_ASKED.search(around.after))
        or bool(re.search(r"是否|能不能|可不可以|怎么|为什么", around.before))
        or (around.asks and not around.later.strip("，, "))
    )


def _asks_leave(around: Around) -> bool:
    """我们明天上午给您回电，好吗？ is a promise waiting for a yes."""
    last = re.split(r"[，,]", around.later)[-1].strip()
    return around.asks and bool(_TAG.match(last)) and bool(_PROPOSES.search(around.clause))


def _conditional(around: Around) -> bool:
    before = _FINE_CONDITION.sub("", around.earlier + "，" + around.before)
    if _LEFT_OPEN.search(around.after):
        return True
    if _CONDITION.search(before) or _CONDITION.search(around.after) or _ONLY_THEN.search(before):
        return True
    return bool(_AFTER_EVENT.search(before.strip()))


def _is_history(around: Around) -> bool:
    said = around.before + around.after
    if _SURE_AHEAD.search(said):
        return bool(re.search(r"原本|原定|本来|原计划|本应|本该|昨[天日晚]|上次", said))
    if _PAST.search(said):
        return True
    if _ENDED.search(around.after) and not _ENDS_AHEAD.search(said):
        return True
    return around.near and bool(_DONE.search(said))


def _is_a_story(around: Around) -> bool:
    """晚上看到, 第二天就送来了: nothing in the clause says that it is still to come, or for the customer."""
    said = around.before + around.after
    if re.search(r"就.{1,8}了\s*$", said):
        return True
    return not any(each.search(said) for each in (_SUBJECT_US, _AHEAD, _TO_CUSTOMER, _TELLS_YOU))


def _reported(around: Around) -> bool:
    found = _SAID_BY_CUSTOMER.search(around.before)
    return bool(found) and not _SUBJECT_US.search(around.before[found.end() :] if found else "")


def _customers_part(around: Around) -> bool:
    said = around.before + around.after
    if _OUR_REQUEST.search(said):
        return False
    duty = _DUTY.search(said)
    ours = _SUBJECT_US.search(said)
    if duty and not (ours and ours.start() < duty.start() and not re.search(r"请[您你]", said)):
        return not (_CUSTOMER_GETS.search(said) and not re.search(r"请|麻烦", said))
    if duty and re.search(r"请[您你]", said):
        return True
    if _CUSTOMER_ACTS.search(around.before) or _CUSTOMER_ACTS.search(around.after[:2]):
        return not ours and not _CUSTOMER_GETS.search(said)
    asked_before = re.search(r"(?:请|麻烦|烦请|需要?)(?:您|你).{0,20}$", around.earlier)
    return bool(asked_before) and not ours and not _AHEAD.search(said) and not _TO_CUSTOMER.search(said)


def _committed(around: Around) -> bool:
    said = around.before + around.after
    return bool(
        _SUBJECT_US.search(said) or _AHEAD.search(said) or _TO_CUSTOMER.search(said) or _DEED.search(around.after)
        or _SUBJECT_US.search(around.earlier) or _DEED.search(around.before)
    )  # fmt: skip
