from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "handbook.quizzes"
    verbose_name = "Quizzes"

    def ready(self) -> None:
        # Models may be imported only now. A retraction may follow its review within a batch.
        from handbook.notifications import registry as notifications  # noqa: PLC0415
        from handbook.quizzes import reminders  # noqa: PLC0415
        from handbook.quizzes.sync_handlers import RetractionHandler, ReviewHandler, RulesHandler  # noqa: PLC0415
        from handbook.sync.registry import register  # noqa: PLC0415

        for planner in reminders.planners():
            notifications.register(planner)
        for handler in (ReviewHandler(), RetractionHandler(), RulesHandler()):
            register(handler)
