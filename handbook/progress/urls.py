"""Mounted at /api/v1/."""

from django.urls import path

from handbook.progress import views

urlpatterns = [path("progress", views.ProgressView.as_view(), name="progress")]
