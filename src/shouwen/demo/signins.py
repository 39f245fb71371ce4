"""Sign-ins and ways in of the demonstration company, for the terminal."""

import structlog

from shouwen.demo.company import PASSWORD, STAFF

log = structlog.get_logger(__name__)
MAIL_DOMAIN = "demo.example"
SHOWN = {
    "agent": "前台客服 agent",
    "desk": "服务台 desk",
    "supervisor": "主管 supervisor",
    "reviewer": "质检 reviewer",
    "account_manager": "客户经理 account manager",
    "back_office": "后台专家 back office",
    "provider": "服务商 provider",
    "chief": "首席客服经理 chief",
    "administrator": "管理员 administrator",
}


def show_portal_code(address: str, code: str) -> None:
    """The demonstration company sends no mail: a code for one of its invented customers stands in the terminal."""
    if address.endswith(f"@{MAIL_DOMAIN}"):
        log.warning("the demonstration's customer portal", address=address, code=code)


def table() -> list[str]:
    """One person per role; nothing when the demonstration company is not what is loaded."""
    from shouwen.platform.accounts.models import User

    known = set(
        User.objects.filter(username__in=[one.username for one in STAFF]).values_list("username", "name")
    )
    lines = []
    for role, label in SHOWN.items():
        person = next(one for one in STAFF if one.roles[0] == role)
        if (person.username, person.name) in known:
            lines.append(f"{person.username:<10}{PASSWORD:<16}{label}")
    return lines


def doors() -> list[str]:
    """Where customers come in, to be tried in a browser; nothing without the demonstration's hall and chat."""
    from shouwen.channels import queries
    from shouwen.channels.vendors.desk import queries as desk
    from shouwen.demo.loading.ways import HALL

    hall = next((one for one in desk.halls() if one.name == HALL), None)
    if hall is None:
        return []
    chats = [one.address for one in queries.accounts("chat") if one.active][:1]
    return [
        *(f"{'/chat/' + key + '/':<44}在线客服 chat" for key in chats),
        f"{'/hall/' + hall.key + '/':<44}取号 take a number",
        f"{'/hall/' + hall.key + '/screen/':<44}大厅屏幕 the hall's screen",
        f"{'/portal/':<44}我的请求 customer portal",
        "shouwen simulate phone|wechat|wecom|wecom_kf|sms|webhook|chat|counter",
    ]
