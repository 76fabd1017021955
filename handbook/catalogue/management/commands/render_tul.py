"""`manage.py render_tul`: pictures, study sheets and films of the published tuls."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from handbook.catalogue import diagrams, selectors
from handbook.catalogue.documents import Document, tul_documents
from handbook.catalogue.models import Tul
from handbook.catalogue.pictures.film import FilmFailed, write_film
from handbook.catalogue.pictures.fonts import unpacked_fonts
from handbook.catalogue.pictures.raster import write_png
from handbook.catalogue.pictures.sheet import write_sheet
from handbook.catalogue.pictures.words import sheet_words
from tkd_rules.tul.describing import Language
from tkd_rules.tul.diagram import whole_diagram

FORMATS = ("svg", "pdf", "png", "gif", "mp4")
LANGUAGES = ("pl", "en", "ko")


class Command(BaseCommand):
    help = "Draw tuls: SVG and PNG pictures, PDF study sheets, GIF and MP4 films."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="Which tuls, such as chon-ji.")
        parser.add_argument("--all", action="store_true", help="Every published tul whose movements are written.")
        for kind in FORMATS:
            parser.add_argument(f"--{kind}", dest="formats", action="append_const", const=kind)
        parser.add_argument("--lang", dest="langs", action="append", choices=LANGUAGES, help="Default: pl and en.")
        parser.add_argument("--out", type=Path, required=True, help="The folder to write into.")

    def handle(self, *args: Any, **options: Any) -> str:
        slugs, formats, langs, out = (
            options["slugs"],
            options["formats"],
            options["langs"] or ["pl", "en"],
            options["out"],
        )
        if bool(slugs) == options["all"]:
            raise CommandError("Name tuls, or give --all.")
        if not formats:
            raise CommandError(f"Say what to draw: {', '.join(f'--{kind}' for kind in FORMATS)}.")
        documents = list(_documents(slugs))
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as folder:
            fonts = unpacked_fonts(Path(folder))
            for document in documents:
                for kind in dict.fromkeys(formats):
                    try:
                        path = _write(kind, document, langs=langs, out=out, fonts=fonts)
                    except FilmFailed as error:
                        raise CommandError(str(error)) from error
                    self.stdout.write(f"{path} ({path.stat().st_size // 1024 + 1} kB)")
        return f"Drew {len(documents)} tuls."


def _documents(slugs: list[str]) -> Iterator[Document]:
    """Yield the documents of tuls; all that have steps where none is named. Raises CommandError."""
    tuls = selectors.published(selectors.TULS, at=timezone.now())
    found = {document["slug"]: document for document in tul_documents(tuls.filter(slug__in=slugs) if slugs else tuls)}
    if missing := [slug for slug in slugs if slug not in found]:
        raise CommandError(f"No published tul is called {', '.join(missing)}.")
    for slug in slugs or found:
        if found[slug]["steps"]:
            yield found[slug]
        elif slugs:
            raise CommandError(f"The movements of {slug} are not written yet.")


def _write(kind: str, document: Document, *, langs: list[Language], out: Path, fonts: dict[str, Path]) -> Path:
    path = out / f"{document['slug']}.{kind}"
    tul, walk = diagrams.walked_tul(document)
    diagram = whole_diagram(tul, walk)
    match kind:
        case "svg":
            path.write_text(diagrams.svg_of_tul(document, step=None, view="plan", lang=langs[0]), encoding="utf-8")
        case "png":
            write_png(diagram, path, fonts=fonts)
        case "pdf":
            source = Tul.objects.values_list("source", flat=True).get(slug=document["slug"])
            write_sheet(document, diagram, sheet_words(tul, langs), path, langs=langs, fonts=fonts, source=source)
        case _:
            write_film(document, tul, walk, path, lang=langs[0], fonts=fonts)
    return path
