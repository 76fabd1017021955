"""Every path of the server."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from handbook.common import problems

urlpatterns = [
    path("", RedirectView.as_view(url="/api/docs"), name="start"),
    path("", include("handbook.observability.urls")),
    path("api/auth/", include("handbook.accounts.auth_urls")),
    path("api/v1/", include("handbook.accounts.urls")),
    path("api/v1/", include("handbook.catalogue.urls")),
    path("api/v1/", include("handbook.search.urls")),
    path("api/v1/", include("handbook.sync.urls")),
    path("api/v1/", include("handbook.notifications.urls")),
    path("api/v1/", include("handbook.progress.urls")),
    path("api/v1/", include("handbook.quizzes.urls")),
    path("api/v1/", include("handbook.exams.urls")),
    path("api/v1/", include("handbook.training.urls")),
    path("", include("handbook.webapp.urls")),
    path("admin/", admin.site.urls),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
