"""Tells drf-spectacular how requests are signed."""

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme


class FamilyAuthenticationScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]  # its hook has no types
    target_class = "handbook.accounts.authentication.FamilyAuthentication"
    name = "jwtAuth"
