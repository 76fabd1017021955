"""The folder of the browser's tab, kept in IndexedDB."""

import asyncio
from pathlib import Path

import pyodide_js
from pyodide.ffi import create_once_callable, to_js

from tkd_client.offline.database import DiskFull

FOLDER = "/handbook"


class BrowserDisk:
    """Files are in memory; `save` copies those that changed, whole, and `load` brings what another tab saved."""

    def __init__(self) -> None:
        self.folder = Path(FOLDER)
        self._one_at_a_time = asyncio.Lock()
        files = pyodide_js.FS
        files.mkdirTree(FOLDER)
        files.mount(files.filesystems.IDBFS, to_js({}), FOLDER)

    async def load(self) -> None:
        await self._sync(populate=True)

    async def save(self) -> None:
        await self._sync(populate=False)

    async def _sync(self, *, populate: bool) -> None:
        async with self._one_at_a_time:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

            def finished(error: object) -> None:
                if error:
                    done.set_exception(DiskFull(str(getattr(error, "message", error))))
                else:
                    done.set_result(None)

            pyodide_js.FS.syncfs(populate, create_once_callable(finished))
            await done
