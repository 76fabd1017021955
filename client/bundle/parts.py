"""The parts of the web bundle: each a folder named by the hash of what is in it, so that caches keep it for ever."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "client"
ENGINE_FILES = (
    "flutter.js",
    "main.dart.js",
    "python-worker.js",
    "canvaskit/canvaskit.js",
    "canvaskit/canvaskit.wasm",
    "canvaskit/chromium/canvaskit.js",
    "canvaskit/chromium/canvaskit.wasm",
    "assets/AssetManifest.bin.json",
    "assets/NOTICES",
    "assets/shaders/ink_sparkle.frag",
    "assets/shaders/stretch_effect.frag",
)
PYTHON_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
FONTS = {
    # Flutter draws with Roboto where a style names no font, and asks a CDN when the manifest has none.
    "Roboto": [("handbook-regular.woff2", 400), ("handbook-bold.woff2", 700)],
    "Handbook Hanja": [("handbook-hanja.woff2", 400)],
}
# Imported only where the app uses them, and it does not.
UNUSED = (
    "flet/auth",
    "flet/testing",
    "flet/fastapi",
    "flet/cli.py",
    "flet/pytest_plugin.py",
    "flet/messaging/flet_socket_server.py",
    "fsrs/optimizer.py",
)
NO_ZONES = {".pyc", ".tab", ".zi"}
# Drawn by Flutter's own widgets, which no source of ours mentions: drop-downs, password fields, menus, dialogs, days.
ICONS_OF_WIDGETS = frozenset(
    {
        "ARROW_BACK",
        "ARROW_DROP_DOWN",
        "ARROW_DROP_UP",
        "CALENDAR_TODAY",
        "CANCEL",
        "CHECK",
        "CHEVRON_LEFT",
        "CHEVRON_RIGHT",
        "CLEAR",
        "CLOSE",
        "DONE",
        "EDIT_OUTLINED",
        "ERROR",
        "EXPAND_MORE",
        "MENU",
        "MORE_VERT",
        "VISIBILITY",
        "VISIBILITY_OFF",
    }
)
EPOCH = (1980, 1, 1, 0, 0, 0)
_ICON_IN_CODE = re.compile(r"\bIcons\.([A-Z0-9_]+)")

Files = dict[str, bytes]


def engine() -> Files:
    """Return Flutter: the compiled Flet client, CanvasKit, the fonts that we draw with."""
    web = _package("flet_web") / "web"
    files = {name: (web / name).read_bytes() for name in ENGINE_FILES}
    icons = "MaterialIcons-Regular.otf"
    families = [{"family": "MaterialIcons", "fonts": [{"asset": f"fonts/{icons}"}]}]
    files[f"assets/fonts/{icons}"] = _cut_icons(web / "assets" / "fonts" / icons, used_icons())
    for family, weights in FONTS.items():
        fonts = [{"asset": f"fonts/{name}", "weight": weight} for name, weight in weights]
        families.append({"family": family, "fonts": fonts})
        files |= {f"assets/fonts/{name}": (CLIENT / "assets/fonts" / name).read_bytes() for name, _ in weights}
    return files | {"assets/FontManifest.json": json.dumps(families).encode()}


def engine_revision() -> str:
    bootstrap = (_package("flet_web") / "web" / "flutter_bootstrap.js").read_text()
    found = re.search(r'"engineRevision":"([0-9a-f]{40})"', bootstrap)
    if not found:
        raise ValueError("flutter_bootstrap.js of flet-web names no engine revision")
    return found[1]


def python() -> Files:
    """Return Pyodide without an index of packages: all that the app imports is in its own archive."""
    pyodide = _package("flet_web") / "web" / "pyodide"
    files = {name: (pyodide / name).read_bytes() for name in PYTHON_FILES}
    lock = json.loads(files["pyodide-lock.json"])
    files["pyodide-lock.json"] = json.dumps(lock | {"packages": {}}).encode()
    files["python_stdlib.zip"] = _stored(files["python_stdlib.zip"])
    return files


def package(content: Files) -> Files:
    """Return the archive that Python unpacks and runs."""
    return {"app.zip": _zipped(content)}


def package_content() -> Files:
    """Return the app, the shared rules, Flet, and what they need."""
    content: Files = {"main.py": (CLIENT / "src" / "main.py").read_bytes()}
    content |= dict(_sources(CLIENT / "src" / "tkd_client", "tkd_client"))
    content |= dict(_sources(ROOT / "rules" / "src" / "tkd_rules", "tkd_rules"))
    for name in ("flet", "fsrs", "msgpack", "repath", "six", "typing_extensions"):
        content |= dict(_sources(_package(name), f"__pypackages__/{name}"))
    content |= time_zones()
    unused = tuple(f"__pypackages__/{name}" for name in UNUSED)
    return {name: body for name, body in content.items() if not name.startswith(unused)}


def time_zones() -> Files:
    """Return the package `tzdata`: the browser's Python has no zones, and no way to ask the browser for its own."""
    package = _package("tzdata")
    zones = (path for path in package.rglob("*") if path.is_file() and path.suffix not in NO_ZONES)
    return {f"__pypackages__/tzdata/{path.relative_to(package)}": path.read_bytes() for path in sorted(zones)}


def shell() -> Files:
    return {name: (CLIENT / "web" / name).read_bytes() for name in ("boot.js", "splash.css")}


def used_icons() -> frozenset[str]:
    """Return the names of the icons that the app's source mentions, and of those that widgets draw by themselves."""
    sources = (CLIENT / "src").rglob("*.py")
    return ICONS_OF_WIDGETS.union(*(_ICON_IN_CODE.findall(source.read_text()) for source in sources))


def hash_of(files: Mapping[str, bytes]) -> str:
    """Return 12 hex digits of what is in the files, names included."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()[:12]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if not spec or not spec.origin:
        raise ValueError(f"{name} is not installed: make app")
    origin = Path(spec.origin)
    return origin.parent if origin.name == "__init__.py" else origin


def _sources(package: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    if package.is_file():
        yield f"{prefix}.py", package.read_bytes()
        return
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".json"} and "__pycache__" not in path.parts:
            yield f"{prefix}/{path.relative_to(package)}", path.read_bytes()


def _zipped(files: Files) -> bytes:
    """Return a zip without compression, the same for the same files: the whole of it is compressed for the way."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), files[name])
    return kept.getvalue()


def _stored(archive: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return _zipped({name: held.read(name) for name in held.namelist() if not name.endswith("/")})


def _cut_icons(font: Path, names: Iterable[str]) -> bytes:
    """Return the icon font with these icons alone. Raises ValueError for a name without a glyph."""
    options = subset.Options(hinting=False, desubroutinize=True, notdef_outline=True)
    held = subset.load_font(str(font), options)
    known = set(held.getGlyphOrder())
    glyphs = {name: _glyph_of(name, known) for name in names}
    if missing := sorted(name for name, glyph in glyphs.items() if glyph is None):
        raise ValueError(f"the icon font has no glyph for {', '.join(missing)}")
    cutter = subset.Subsetter(options)
    cutter.populate(glyphs=[glyph for glyph in glyphs.values() if glyph])
    cutter.subset(held)
    written = io.BytesIO()
    held.save(written)
    return written.getvalue()


def _glyph_of(icon: str, known: set[str]) -> str | None:
    stem, _, style = icon.lower().rpartition("_")
    if style in {"outlined", "rounded", "sharp"} and f"{stem}_{style}" in known:
        return f"{stem}_{style}"
    baseline = f"{icon.lower()}_baseline"
    return baseline if baseline in known else None
