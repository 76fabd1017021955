"""A pytest plugin (`-p tests.started`): the services run before Django reads its settings."""

from tests.services import start_services

start_services()
