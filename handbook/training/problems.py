"""What training refuses. Each becomes problem+json in handbook.common.problems."""

from http import HTTPStatus

from handbook.common.problems import RuleBroken


class PlanUnknown(RuleBroken):
    slug = "not-found"
    status = HTTPStatus.NOT_FOUND
    title = "Not found"

    def __init__(self) -> None:
        super().__init__("This is neither a ready plan nor one of yours.")


class PlanIsReady(RuleBroken):
    slug = "ready-plan"
    status = HTTPStatus.FORBIDDEN
    title = "This plan is for everybody"

    def __init__(self) -> None:
        super().__init__("A ready plan can't be changed, deleted or shared; make one of your own with its blocks.")


class TooManyPlans(RuleBroken):
    slug = "too-many-plans"
    title = "You have as many plans as there may be"

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} plans; delete one first.")


class IdTaken(RuleBroken):
    slug = "id-taken"
    title = "This id was used before"

    def __init__(self) -> None:
        super().__init__("Something else was stored under this id, and kept. Send this under an id of its own.")


class LinkUnknown(RuleBroken):
    slug = "link-unknown"
    status = HTTPStatus.NOT_FOUND
    title = "This link leads nowhere"

    def __init__(self) -> None:
        super().__init__("The link was revoked or replaced, or it is not complete. Ask for a new one.")
