from django.urls import path, re_path
from django.views.generic import RedirectView

from handbook.webapp import views

urlpatterns = [
    path("app", RedirectView.as_view(url="/app/")),
    re_path(r"^app/(?P<screen>.*)$", views.page, name="app"),
]
