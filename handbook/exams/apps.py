from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "handbook.exams"
    verbose_name = "Gradings"
