"""How the two databases are opened."""

from pathlib import Path
from typing import Any

import environ


def sqlite_database(path: Path) -> dict[str, Any]:
    """Write-ahead log and immediate transactions: readers never wait, and two writers queue instead of failing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # opening it, with its pragmas, costs as much as the queries of a request
        "TEST": {"NAME": str(path.with_suffix(".test.sqlite3"))},  # a file: threads can't share one in memory
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def postgresql_database(env: environ.Env) -> dict[str, Any]:
    """Read DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": env.str("DB_HOST"),
        "PORT": env.str("DB_PORT", default="5432"),
        "NAME": env.str("DB_NAME"),
        "USER": env.str("DB_USER"),
        "PASSWORD": env.str("DB_PASSWORD"),
        "CONN_MAX_AGE": env.int("DB_CONN_MAX_AGE_S", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
