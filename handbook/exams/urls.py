"""Mounted at /api/v1/."""

from django.urls import path

from handbook.exams import views

urlpatterns = [
    path("exams/<str:belt>/syllabus", views.SyllabusView.as_view(), name="exam-syllabus"),
    path("exams/<str:belt>/readiness", views.ReadinessView.as_view(), name="exam-readiness"),
]
