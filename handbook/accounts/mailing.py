"""How a mail is handed to the worker, and what it means when it can't be."""

from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

from handbook.accounts.problems import MailUnavailable


def queue_or_refuse(task: Task[..., Any], *args: object) -> None:
    """Queue a mail without which the request is for nothing. Raises MailUnavailable.

    Inside a transaction that undoes everything, which is why it does not wait for the commit.
    """
    try:
        task.apply_async(args, retry=False)
    except OperationalError as error:
        raise MailUnavailable from error


def queue_after_commit(task: Task[..., Any], *args: object) -> None:
    """Queue a mail about what is done by then, mail or no mail: a failure is logged and breaks nothing."""
    transaction.on_commit(lambda: task.apply_async(args, retry=False), robust=True)
