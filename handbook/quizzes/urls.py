"""Mounted at /api/v1/."""

from django.urls import path

from handbook.quizzes import views

urlpatterns = [
    path("quizzes/due", views.Due.as_view(), name="quizzes-due"),
    path("quizzes/forecast", views.Forecast.as_view(), name="quizzes-forecast"),
]
