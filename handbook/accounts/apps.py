from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "handbook.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from handbook.accounts import schema  # noqa: F401, PLC0415 - drf-spectacular finds what is imported
