"""The editors' desk: what stands in its navigation, for whom, and in which colours."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy

# The red of the app from Tailwind's lightest to its darkest shade, as unfold takes them: "red green blue".
SHADES = (50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950)
RED = (
    "#fdf3f3",
    "#fbe5e5",
    "#f8cfcf",
    "#f1adad",
    "#e67d7d",
    "#d75353",
    "#9c1c1c",
    "#8a1a1a",
    "#741919",
    "#611a1a",
    "#340909",
)


def desk() -> dict[str, Any]:
    """Return the UNFOLD setting."""
    return {
        "SITE_TITLE": "ITF Taekwon-Do Handbook",
        "SITE_HEADER": "Taekwon-Do Handbook",
        "SITE_URL": "/app/",
        "SITE_ICON": lambda _request: static("handbook/icon.svg"),
        "SITE_FAVICONS": [
            {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("handbook/icon.svg")},
        ],
        "COLORS": {"primary": dict(zip(map(str, SHADES), RED, strict=True))},
        "SIDEBAR": {
            "show_search": True,
            "navigation": [
                _group(
                    "Content",
                    [
                        ("Techniques", "sports_martial_arts", "catalogue", "technique"),
                        ("Tuls", "route", "catalogue", "tul"),
                        ("Glossary", "menu_book", "catalogue", "term"),
                        ("Theory questions", "quiz", "catalogue", "theoryquestion"),
                        ("Syllabuses", "school", "catalogue", "syllabus"),
                        ("Tags", "sell", "catalogue", "tag"),
                    ],
                ),
                _group(
                    "Training",
                    [
                        ("Exercises", "exercise", "training", "exercise"),
                        ("Ready plans", "timer", "training", "plan"),
                    ],
                ),
                _group(
                    "Withdrawn",
                    [
                        ("Tombstones", "history", "catalogue", "tombstone"),
                        ("Left out of the import", "block", "catalogue", "deletedimport"),
                    ],
                ),
                _group(
                    "People",
                    [
                        ("Users", "person", "accounts", "user"),
                        ("Sign-ins", "devices", "accounts", "tokenfamily"),
                        ("Attempts to sign in", "lock", "axes", "accessattempt"),
                    ],
                ),
            ],
        },
    }


def _group(title: str, entries: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    return {"title": title, "separator": True, "items": [_entry(*entry) for entry in entries]}


def _entry(title: str, icon: str, app: str, model: str) -> dict[str, Any]:
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{model}_changelist"),
        "permission": _may_see(f"{app}.view_{model}"),
    }


def _may_see(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(permission)
