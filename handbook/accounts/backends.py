"""Permissions that follow from the role alone."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend

from handbook.accounts.models import Role


class EditorPermissions(BaseBackend):
    """Editors may do everything in the apps that settings.EDITOR_APPS names, and nothing in the others."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return self.has_module_perms(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not user_obj.is_active or getattr(user_obj, "role", None) != Role.EDITOR:
            return False
        return app_label in settings.EDITOR_APPS
