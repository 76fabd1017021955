"""Work that follows a publication."""

from celery import shared_task

from handbook.catalogue.revision import current_revision
from handbook.catalogue.snapshots import compressed_snapshot


@shared_task
def publish_snapshot() -> str:
    """Store the file of the current revision before the first device asks for it."""
    revision = current_revision()
    size = len(compressed_snapshot(revision))
    return f"revision {revision}: {size} bytes"
