"""Mounted at /api/v1/."""

from django.urls import path

from handbook.training.views import plans, schedule

urlpatterns = [
    path("exercises", plans.ExerciseList.as_view(), name="exercises"),
    path("plans", plans.PlanList.as_view(), name="training-plans"),
    path("plans/shared/<slug:token>", plans.SharedPlan.as_view(), name="training-plan-shared"),
    path("plans/<slug:plan>", plans.PlanDetail.as_view(), name="training-plan"),
    path("plans/<slug:plan>/share", plans.PlanShare.as_view(), name="training-plan-share"),
    path("plans/<slug:plan>/sessions", plans.SessionList.as_view(), name="training-sessions"),
    path("schedule", schedule.Schedule.as_view(), name="schedule"),
    path("schedule/feed", schedule.Feed.as_view(), name="schedule-feed"),
    path("schedule.ics", schedule.Calendar.as_view(), name="schedule-calendar"),
]
