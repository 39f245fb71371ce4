"""On 15 April 2026 a new rule for complaints to 12315 took the place of the one of 2020: where nothing newer was stated
already, the old version ends there and the new one begins. What was received before keeps its version."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

CHANGE = datetime(2026, 4, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
OLD = "市场监督管理投诉举报处理暂行办法"
NEW = {
    "cn-12315-accept": {"source": "消费者权益保护法 第四十六条；市场监督管理投诉举报处理办法"},
    "cn-12315-finish": {
        "count": 60,
        "unit": "calendar_days",
        "source": "市场监督管理投诉举报处理办法 第二十三条第一款第（五）项",
    },
}


def state(apps, schema_editor):
    rows = apps.get_model("promises", "StatutoryTemplate").objects
    for code, said in NEW.items():
        known = list(rows.filter(code=code).order_by("version"))
        if len(known) != 1 or known[0].valid_to is not None or not known[0].source.startswith(OLD):
            continue
        old = known[0]
        rows.filter(pk=old.pk).update(valid_to=CHANGE)
        old.pk, old.version, old.valid_from = None, 2, CHANGE
        old.source_version = "令第121号，2026-04-15 起施行"
        for name, value in said.items():
            setattr(old, name, value)
        old._state.adding = True
        old.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("promises", "0006_hot_lists")]

    operations = [migrations.RunPython(state, migrations.RunPython.noop, elidable=True)]
