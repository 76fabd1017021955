"""Mounted at /api/v1/."""

from django.urls import path

from handbook.quizzes import views

urlpatterns = [
    path("quizzes/start", views.Start.as_view(), name="quizzes-start"),
    path("quizzes/<str:session>/answer", views.Answer.as_view(), name="quizzes-answer"),
    path("quizzes/due", views.Due.as_view(), name="quizzes-due"),
    path("quizzes/forecast", views.Forecast.as_view(), name="quizzes-forecast"),
]
