from django.urls import path, register_converter
from django.urls.converters import IntConverter

from handbook.catalogue import views


class RevisionConverter(IntConverter):
    """A revision fits the database's 63 bits; what is longer is no revision."""

    regex = "[0-9]{1,18}"


register_converter(RevisionConverter, "revision")

urlpatterns = [
    path("techniques", views.TechniqueListView.as_view(), name="technique-list"),
    path("techniques/<slug:slug>", views.TechniqueDetailView.as_view(), name="technique-detail"),
    path("tuls", views.TulListView.as_view(), name="tul-list"),
    path("tuls/<slug:slug>", views.TulDetailView.as_view(), name="tul-detail"),
    path("glossary", views.TermListView.as_view(), name="glossary-list"),
    path("glossary/<slug:slug>", views.TermDetailView.as_view(), name="glossary-detail"),
    path("sync/catalogue", views.SyncCatalogueView.as_view(), name="sync-catalogue"),
    path(
        "sync/catalogue/snapshots/<revision:revision>.json.gz", views.SnapshotFileView.as_view(), name="sync-snapshot"
    ),
]
