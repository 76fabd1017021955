from django.urls import path

from handbook.observability import views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("metrics", views.metrics, name="metrics"),
    path("api/schema", views.Schema.as_view(), name="schema"),
    path("api/docs", views.Docs.as_view(url_name="schema"), name="docs"),
]
