"""Mounted at /api/v1/."""

from django.urls import path

from handbook.accounts import views

urlpatterns = [
    path("me", views.Me.as_view(), name="me"),
]
