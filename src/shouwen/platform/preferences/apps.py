from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreferencesConfig(AppConfig):
    name = "shouwen.platform.preferences"
    label = "preferences"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from shouwen.platform import frame
        from shouwen.platform.access import permissions
        from shouwen.platform.ledger import books
        from shouwen.platform.ledger.describe import sentence
        from shouwen.platform.preferences import setting

        sentence("preferences.changed", _("Settings of the organisation changed"))
        books.enter(books.SETTINGS, "preferences.changed")
        permissions.register("preferences.change", label=_("Change the organisation's settings"), roles=())
        setting(
            "organisation.name",
            "首问",
            label=_("Name of the organisation"),
            group=_("Organisation"),
            pattern=r".{1,80}",
        )
        setting(
            "organisation.accent",
            "#2563eb",
            label=_("Brand colour"),
            help=_("A hex colour such as #2563eb."),
            group=_("Organisation"),
            pattern=r"#[0-9a-fA-F]{6}",
        )
        setting(
            "organisation.logo",
            0,
            label=_("Logo"),
            help=_("Stands before the name on customers' pages. PNG, JPEG, GIF or WebP, up to 500 kB."),
            group=_("Organisation"),
            picture=True,
        )
        setting(
            "organisation.foot",
            "",
            label=_("At the foot of customers' pages"),
            help=_("Telephone, opening hours, address, licence number"),
            group=_("Organisation"),
            lines=True,
        )
        frame.setting(
            "organisation",
            _("Organisation"),
            "preferences:organisation",
            "building-2",
            "preferences.change",
            order=10,
            help=_("Name, brand colour, and how the service works"),
        )
