"""Python of ours inside the browser's Python, on a page without the app: for its tests and for measuring."""

import io
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from client.bundle import parts
from tests.live import ROOT

FOLDER = "/work"
BOOT = """
async ([python, archive, folder]) => {
  const { loadPyodide } = await import(`${python}pyodide.mjs`);
  globalThis.said = [];
  globalThis.pyodide = await loadPyodide({ stdout: (line) => said.push(line), stderr: (line) => said.push(line) });
  const zip = await (await fetch(archive)).arrayBuffer();
  pyodide.FS.mkdirTree(folder);
  pyodide.unpackArchive(zip, "zip", { extractDir: folder });
  await pyodide.runPythonAsync(
    `import os, sys; os.chdir("${folder}"); sys.path[:0] = ["${folder}", "${folder}/__pypackages__"]`);
}
"""


class PyodidePage:
    """A tab of the app's origin that has loaded the bundle's Python and our code, and can be told to run some."""

    def __init__(self, context: BrowserContext, url: str, files: parts.Files) -> None:
        self.page: Page = context.new_page()
        self.page.route("**/app/laboratory", lambda route: _fulfil(route, b"<!doctype html>", "text/html"))
        self.page.route("**/app/laboratory.zip", lambda route: _fulfil(route, zipped(files), "application/zip"))
        self.page.goto(f"{url}/app/laboratory")
        python = f"/app/python-{parts.hash_of(parts.python())}/"
        self.page.evaluate(BOOT, [python, "/app/laboratory.zip", FOLDER])

    def run(self, code: str) -> Any:
        """Return what the last expression of `code` is; JSON's types only. `await` is allowed."""
        return self.page.evaluate("code => pyodide.runPythonAsync(code)", code)

    def said(self) -> str:
        """Return what was printed so far."""
        return str(self.page.evaluate("said.join('\\n')"))


def our_code() -> parts.Files:
    """The app and the rules without the screens, which need Flutter."""
    return {name: body for name, body in parts.package_content().items() if not name.startswith("__pypackages__/flet/")}


def sources(folder: str) -> parts.Files:
    """Return the Python files of a folder of the repository, under their paths."""
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in (ROOT / folder).rglob("*.py")}


def installed(*packages: str) -> parts.Files:
    """Return the Python files of packages that this process can import."""
    found: parts.Files = {}
    for name in packages:
        spec = find_spec(name)
        if not spec or not spec.origin:
            raise ValueError(f"{name} is not installed")
        origin = Path(spec.origin)
        if origin.name != "__init__.py":
            found[f"__pypackages__/{name}.py"] = origin.read_bytes()
            continue
        for path in origin.parent.rglob("*.py"):
            found[f"__pypackages__/{name}/{path.relative_to(origin.parent)}"] = path.read_bytes()
    return found


def zipped(files: parts.Files) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


def _fulfil(route: Route, body: bytes, kind: str) -> None:
    route.fulfill(body=body, content_type=kind)
