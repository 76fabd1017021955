"""What phones and the browser run."""

from tkd_client.main import start

start()
