from django.urls import path
from drf_spectacular.views import SpectacularSwaggerSplitView

from handbook.observability import views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("metrics", views.metrics, name="metrics"),
    path("api/docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
