"""Every screen and its path."""

import flet as ft

from tkd_client.components.frame import screen
from tkd_client.components.shell import Shell, ShellContext, use_shell
from tkd_client.screens.learn import Learn
from tkd_client.screens.learning_settings import LearningSettings
from tkd_client.screens.lists import TechniqueList, TermList, TulList
from tkd_client.screens.mail_links import AskForNewPassword, NewPassword, VerifyEmail
from tkd_client.screens.player import TulPlayer
from tkd_client.screens.profile import Profile
from tkd_client.screens.quiz import QuizScreen
from tkd_client.screens.reminders import RemindersScreen
from tkd_client.screens.review import Review
from tkd_client.screens.schedule import ScheduleScreen
from tkd_client.screens.start import Start
from tkd_client.screens.statistics import LearningStatistics
from tkd_client.screens.technique import TechniqueCard
from tkd_client.screens.term import TermCard
from tkd_client.screens.training import TrainingScreen
from tkd_client.screens.training_plan import PlanEditor
from tkd_client.screens.training_run import TrainingRun
from tkd_client.screens.tul import TulCard


@ft.component
def NotFound() -> ft.Control:
    shell = use_shell()
    body = ft.Column(
        [
            ft.Icon(ft.Icons.SEARCH_OFF, size=48),
            ft.Text(shell.texts("not_found.title"), theme_style=ft.TextThemeStyle.TITLE_LARGE),
            ft.FilledButton(shell.texts("not_found.home"), on_click=lambda _: shell.go("/")),
        ],
        expand=True,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return screen(shell, path="/not-found", title=shell.texts("app.name"), body=body)


ROUTES = [
    ft.Route(index=True, component=Start),
    ft.Route(path="techniques", component=TechniqueList),
    ft.Route(path="techniques/:slug", component=TechniqueCard),
    ft.Route(path="tuls", component=TulList),
    ft.Route(path="tuls/:slug", component=TulCard),
    ft.Route(path="tuls/:slug/play", component=TulPlayer),
    ft.Route(path="glossary", component=TermList),
    ft.Route(path="glossary/:slug", component=TermCard),
    ft.Route(path="learn", component=Learn),
    ft.Route(path="learn/review", component=Review),
    ft.Route(path="learn/quiz", component=QuizScreen),
    ft.Route(path="learn/statistics", component=LearningStatistics),
    ft.Route(path="learn/settings", component=LearningSettings),
    ft.Route(path="schedule", component=ScheduleScreen),
    ft.Route(path="training", component=TrainingScreen),
    ft.Route(path="training/run", component=TrainingRun),
    ft.Route(path="training/plans/:id", component=PlanEditor),
    ft.Route(path="profile", component=Profile),
    ft.Route(path="profile/reminders", component=RemindersScreen),
    ft.Route(path="verify-email", component=VerifyEmail),
    ft.Route(path="password-reset", component=AskForNewPassword),
    ft.Route(path="password-reset/confirm", component=NewPassword),
    ft.Route(path=":elsewhere*", component=NotFound),
]


@ft.component
def App(shell: Shell) -> ft.Control:
    return ShellContext(shell, lambda: ft.Router(ROUTES, manage_views=True))
