"""Work that follows a publication."""

from celery import shared_task

from handbook.catalogue.revision import published_state
from handbook.catalogue.snapshots import compressed_snapshot, current_name


@shared_task
def publish_snapshot() -> str:
    """Store the file of the current revision before the first device asks for it."""
    state = published_state()
    size = len(compressed_snapshot(current_name(state)))
    return f"revision {state.revision}: {size} bytes"
