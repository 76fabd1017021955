"""Items of the catalogue as people see them: a row of a list, the mark of a grade, the names on a card."""

from collections.abc import Callable
from typing import Any

import flet as ft

from tkd_client.components.buttons import icon_button
from tkd_client.components.shell import Shell
from tkd_client.offline.catalogue import Summary
from tkd_client.state.texts import Texts, in_language
from tkd_rules.grading import KUP_GRADES

WHITE, YELLOW, GREEN, BLUE, RED, BLACK = "#FFFFFF", "#F9D71C", "#2E8B57", "#1F5FBF", "#C62828", "#1B1B1B"
# Colour of the belt and of its tag, by rank from the 10th kup on.
BELT_COLOURS = (
    (WHITE, WHITE),
    (WHITE, YELLOW),
    (YELLOW, YELLOW),
    (YELLOW, GREEN),
    (GREEN, GREEN),
    (GREEN, BLUE),
    (BLUE, BLUE),
    (BLUE, RED),
    (RED, RED),
    (RED, BLACK),
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
PATH_OF_KIND = {"technique": "/techniques", "tul": "/tuls", "term": "/glossary"}


def grade_name(texts: Texts, rank: int) -> str:
    if rank <= KUP_GRADES:
        number = KUP_GRADES + 1 - rank
        return texts("grade.kup", number=number, ordinal=english_ordinal(number))
    number = rank - KUP_GRADES
    return texts("grade.dan", number=number, ordinal=english_ordinal(number))


def english_ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th and so on, for the numbers of grades."""
    return f"{number}{_ENDINGS.get(number, 'th')}"


def grade(texts: Texts, rank: int) -> list[ft.Control]:
    """A piece of the belt and the name of the grade beside it."""
    return [belt_mark(None, rank), ft.Text(grade_name(texts, rank))]


def belt_mark(texts: Texts | None, rank: int) -> ft.Control:
    """A piece of the belt in its colours, named for those who can't see them unless its name stands beside it."""
    main, tag = BELT_COLOURS[rank - 1] if rank <= KUP_GRADES else (BLACK, BLACK)
    return ft.Container(
        ft.Row(
            [ft.Container(bgcolor=main, width=16, height=12), ft.Container(bgcolor=tag, width=8, height=12)],
            spacing=0,
            tight=True,
        ),
        border=ft.Border.all(1, ft.Colors.OUTLINE),
        tooltip=grade_name(texts, rank) if texts else None,
    )


def path_of(kind: str, slug: str) -> str:
    return f"{PATH_OF_KIND[kind]}/{slug}"


def item_row(shell: Shell, item: Summary, *, note: str = "", on_click: Callable[[], None] | None = None) -> ft.Control:
    """A row that leads to the item's card: its name in the content's language, romanization and hangul below."""
    name = in_language(item.name, shell.language)
    below = [item.romanization, item.name.get("ko", "")]
    subtitle = " · ".join(text for text in below if text and text != name)
    lines: list[ft.Control] = [ft.Text(subtitle, theme_style=ft.TextThemeStyle.BODY_MEDIUM)] if subtitle else []
    if note:
        lines.append(ft.Text(spans=marked(note), theme_style=ft.TextThemeStyle.BODY_SMALL))
    return ft.ListTile(
        key=f"{item.kind}-{item.slug}",
        leading=belt_mark(shell.texts, item.belt_rank),
        title=ft.Text(name),
        subtitle=ft.Column(lines, spacing=2, tight=True) if lines else None,
        trailing=ft.Icon(ft.Icons.STAR, size=18) if shell.handbook.is_favourite(item.kind, item.slug) else None,
        on_click=lambda _: on_click() if on_click else shell.go(path_of(item.kind, item.slug)),
    )


def marked(snippet: str) -> list[ft.TextSpan]:
    """Return a snippet of search with what matched in bold."""
    spans = []
    for index, piece in enumerate(snippet.replace("</mark>", "<mark>").split("<mark>")):
        style = ft.TextStyle(weight=ft.FontWeight.BOLD) if index % 2 else None
        spans.append(ft.TextSpan(_unescaped(piece), style=style))
    return spans


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def heading(text: str) -> ft.Control:
    return ft.Text(text, theme_style=ft.TextThemeStyle.TITLE_MEDIUM)


def names(shell: Shell, document: dict[str, Any]) -> ft.Control:
    """The names in three scripts: the content's language first, then hangul, romanization, and the other language."""
    others = [document["name"].get(lang, "") for lang in ("pl", "en") if lang != shell.language]
    shown = in_language(document["name"], shell.language)
    hangul = document["name"].get("ko", "")
    lines: list[ft.Control] = [ft.Text(shown, theme_style=ft.TextThemeStyle.HEADLINE_SMALL)]
    if hangul and hangul != shown:
        lines.append(ft.Text(hangul, theme_style=ft.TextThemeStyle.TITLE_LARGE))
    if document["romanization"] and document["romanization"] != shown:
        lines.append(ft.Text(document["romanization"], theme_style=ft.TextThemeStyle.TITLE_MEDIUM))
    lines += [
        ft.Text(other, theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ON_SURFACE_VARIANT)
        for other in dict.fromkeys(others)
        if other and other not in {shown, document["romanization"]}
    ]
    return ft.Column(lines, spacing=2, tight=True)


def points(title: str, sentences: list[str], icon: ft.IconData) -> list[ft.Control]:
    """A heading and its sentences, nothing when there are none."""
    if not sentences:
        return []
    rows = [
        ft.Row(
            [ft.Icon(icon, size=18, color=ft.Colors.PRIMARY), ft.Text(sentence, expand=True)],
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        for sentence in sentences
    ]
    return [heading(title), *rows]


def card_body(*controls: ft.Control) -> ft.Control:
    """The scrolling column of a card, whose words can be marked and copied."""
    return ft.SelectionArea(ft.ListView(list(controls), padding=16, spacing=10, expand=True), expand=True)


def favourite_button(shell: Shell, kind: str, slug: str) -> ft.Control:
    is_favourite = shell.handbook.is_favourite(kind, slug)
    return icon_button(
        ft.Icons.STAR if is_favourite else ft.Icons.STAR_OUTLINE,
        shell.texts("action.unfavour" if is_favourite else "action.favour"),
        key="favourite",
        on_click=lambda _: shell.handbook.toggle_favourite(kind, slug),
    )


def missing_card(shell: Shell, parent: str) -> ft.Control:
    """What stands where a card was or will be: says so and leads on."""
    if not shell.handbook.catalogue.cursor:
        return on_its_way(shell)
    return ft.Column(
        [
            ft.Icon(ft.Icons.SEARCH_OFF, size=48),
            heading(shell.texts("card.missing")),
            ft.Text(shell.texts("card.missing_hint"), text_align=ft.TextAlign.CENTER),
            ft.FilledButton(shell.texts("action.show_all"), on_click=lambda _: shell.go(parent)),
        ],
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        expand=True,
    )


def on_its_way(shell: Shell) -> ft.Control:
    """What stands where the content will be once it has arrived, or why it has not."""
    status = shell.handbook.sync.status
    has_failed = status.phase == "failed"
    return ft.Container(
        ft.Column(
            [
                heading(shell.texts("start.empty")),
                ft.Text(shell.texts(status.reason) if has_failed else shell.texts("start.empty_hint")),
                ft.FilledButton(shell.texts("action.retry"), on_click=lambda _: shell.handbook.sync_now())
                if has_failed
                else ft.ProgressBar(),
            ],
            spacing=8,
        ),
        padding=16,
    )
