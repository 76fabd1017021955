"""Mounted at /api/v1/."""

from django.urls import path

from handbook.sync import views

urlpatterns = [
    path("sync/push", views.Push.as_view(), name="sync-push"),
    path("sync/learner", views.Learner.as_view(), name="sync-learner"),
]
