from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shouwen.platform.accounts"
    label = "accounts"
