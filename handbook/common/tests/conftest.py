import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def public(settings: Settings) -> Client:
    """A client that gets the answer of a fault, as the public does, from a server with some paths that break."""
    settings.ROOT_URLCONF = "handbook.common.tests.urls"
    return Client(raise_request_exception=False)
