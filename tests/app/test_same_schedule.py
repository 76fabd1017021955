"""A phone, a browser and the server schedule alike, to the last bit."""

import random

import pytest

from tests.app.browser import browser
from tests.app.many_answers import lines
from tests.app.pyodide import PyodidePage, our_code, sources
from tests.live import LiveServer

pytestmark = pytest.mark.one_database


def test_the_browsers_python_schedules_bit_for_bit_as_this_one(server: LiveServer) -> None:
    seed = random.randrange(10**6)  # noqa: S311 - any will do
    print(f"seed {seed}")
    files = our_code() | {name: body for name, body in sources("tests/app").items() if name.endswith("many_answers.py")}
    with browser(language="en-GB") as context:
        laboratory = PyodidePage(context, server.url, files)
        laboratory.run("import sys; sys.path.insert(0, 'tests/app')")
        theirs = laboratory.run(f"from many_answers import lines; '\\n'.join(lines({seed}))")
    ours = lines(seed)
    assert len(ours) == 4 * 3 * 400
    assert str(theirs).split("\n") == ours
