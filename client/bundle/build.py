"""The web bundle: put together from its parts, named by what is in them, and swapped in whole."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from client.bundle import budget, parts
from client.bundle.compression import write_compressed

SERVED_AT = "/app/"
# Only a browser that draws with them asks for these; the service worker keeps them when it sees them.
BY_BROWSER = ("canvaskit/",)
NEVER_ASKED_AT_START = ("assets/NOTICES",)


def build(target: Path, content: parts.Files) -> dict[str, budget.Size]:
    """Write the bundle whose Python runs `content` to the folder `target`; returns the size of each file."""
    files: parts.Files = {}
    folders: dict[str, str] = {}
    for name, part in (
        ("engine", parts.engine()),
        ("python", parts.python()),
        ("package", parts.package(content)),
        ("shell", parts.shell()),
    ):
        folders[name] = f"{name}-{parts.hash_of(part)}/"
        files |= {folders[name] + path: body for path, body in part.items()}
    files |= icons()
    files["manifest.webmanifest"] = (parts.CLIENT / "web" / "manifest.webmanifest").read_bytes()
    files["index.html"] = index_page(folders, files)
    files["service-worker.js"] = service_worker(files)
    return replace(target, files)


def icons() -> parts.Files:
    folder = parts.CLIENT / "assets" / "icons"
    return {f"icons/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.png"))}


def index_page(folders: Mapping[str, str], files: parts.Files) -> bytes:
    """Fill the template of the page with where the parts are, and how large those are that the splash waits for."""
    urls = {name: SERVED_AT + folder for name, folder in folders.items()}
    largest = sorted((path for path in files if not is_by_browser(path)), key=lambda path: -len(files[path]))[:4]
    bundle = {
        "engine": urls["engine"],
        "python": urls["python"],
        "package": urls["package"] + "app.zip",
        "engineRevision": parts.engine_revision(),
        "largest": [{"path": path, "bytes": len(files[path])} for path in largest],
    }
    page = (parts.CLIENT / "web" / "index.html").read_text()
    page = page.replace("{{bundle}}", json.dumps(bundle, separators=(",", ":")))
    for name, url in urls.items():
        page = page.replace("{{" + name + "}}", url)
    return page.encode()


def service_worker(files: parts.Files) -> bytes:
    """Fill in what the worker fetches when it is installed. Its text changes with any file, which is how it updates."""
    kept = [path for path in files if not is_by_browser(path) and not path.endswith(NEVER_ASKED_AT_START)]
    precache = {
        "version": parts.hash_of({path: files[path] for path in kept}),
        "paths": [SERVED_AT + path for path in kept if path != "index.html"],
        "variants": {
            "chromium": [SERVED_AT + path for path in files if "/canvaskit/chromium/" in path],
            "full": [SERVED_AT + path for path in files if "/canvaskit/canvaskit." in path],
        },
    }
    source = (parts.CLIENT / "web" / "service-worker.js").read_text()
    return source.replace('"{{precache}}"', json.dumps(precache, indent=1)).encode()


def is_by_browser(path: str) -> bool:
    return any(folder in path for folder in BY_BROWSER)


def replace(target: Path, files: parts.Files) -> dict[str, budget.Size]:
    """Write beside the old bundle and swap, so that a server never sees half of one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent))
    sizes = {path: write_compressed(fresh / path, body) for path, body in files.items()}
    fresh.chmod(0o755)
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return sizes
