"""Colours and sizes of type, from what the person chose."""

import flet as ft

from tkd_client.state.preferences import Preferences
from tkd_client.state.texts import LANGUAGES

SEED = "#9C1C1C"
FAMILY = "Roboto"  # in the browser a font of ours bears this name: a text without it is looked for at a CDN
# Sizes of Material 3, in logical pixels.
SIZES = {
    "headline_small": 24,
    "title_large": 22,
    "title_medium": 16,
    "title_small": 14,
    "body_large": 16,
    "body_medium": 14,
    "body_small": 12.5,
    "label_large": 14,
    "label_medium": 12,
    "label_small": 11,
}
LARGEST_NAVIGATION_LABEL = 12.5  # six words share the width of a phone
# A text theme without a colour draws black in every theme.
INK = "#1F1413"
INK_ON_DARK = "#F3E3E0"
MODES = {"light": ft.ThemeMode.LIGHT, "dark": ft.ThemeMode.DARK, "contrast": ft.ThemeMode.LIGHT}
LOCALES = [ft.Locale(language) for language in LANGUAGES]  # of Flutter's own words: copy, paste, back
HIGH_CONTRAST = ft.ColorScheme(
    primary="#000000",
    on_primary="#FFFFFF",
    secondary_container="#FFE94A",
    on_secondary_container="#000000",
    surface="#FFFFFF",
    on_surface="#000000",
    on_surface_variant="#000000",
    surface_container="#FFFFFF",
    surface_container_low="#FFFFFF",
    surface_container_high="#F2F2F2",
    outline="#000000",
    outline_variant="#000000",
    error="#8C0000",
)


def dress(page: ft.Page, preferences: Preferences) -> None:
    """Give the page its themes; call again when the preferences change."""
    page.theme = _theme(preferences, ink=INK)
    page.dark_theme = _theme(preferences, ink=INK_ON_DARK)
    page.locale_configuration = ft.LocaleConfiguration(LOCALES, ft.Locale(preferences.interface_language))
    page.theme_mode = MODES.get(preferences.theme, ft.ThemeMode.SYSTEM)


def _theme(preferences: Preferences, ink: str) -> ft.Theme:
    sizes = {
        name: ft.TextStyle(size=size * preferences.text_scale, font_family=FAMILY, color=ink)
        for name, size in SIZES.items()
    }
    for name in ("title_medium", "headline_small"):
        sizes[name].weight = ft.FontWeight.BOLD
    scheme = HIGH_CONTRAST if preferences.theme == "contrast" else None
    return ft.Theme(
        font_family=FAMILY,
        color_scheme_seed=None if scheme else SEED,
        color_scheme=scheme,
        scaffold_bgcolor=scheme.surface if scheme else None,
        text_theme=ft.TextTheme(**sizes),
        navigation_bar_theme=ft.NavigationBarTheme(
            label_text_style=ft.TextStyle(
                size=min(SIZES["label_medium"] * preferences.text_scale, LARGEST_NAVIGATION_LABEL),
                font_family=FAMILY,
                color=ink,
            )
        ),
    )
