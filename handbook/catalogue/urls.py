from django.urls import path, register_converter
from django.urls.converters import StringConverter

from handbook.catalogue import views


class SnapshotNameConverter(StringConverter):
    """The part of a snapshot's path that names a file: nothing that could lead out of its folder."""

    regex = "[-0-9a-z]{1,60}"


register_converter(SnapshotNameConverter, "snapshot")

urlpatterns = [
    path("techniques", views.TechniqueListView.as_view(), name="technique-list"),
    path("techniques/<slug:slug>", views.TechniqueDetailView.as_view(), name="technique-detail"),
    path("tuls", views.TulListView.as_view(), name="tul-list"),
    path("tuls/<slug:slug>", views.TulDetailView.as_view(), name="tul-detail"),
    path("tuls/<slug:slug>/diagram.svg", views.TulDiagramView.as_view(), name="tul-diagram"),
    path("glossary", views.TermListView.as_view(), name="glossary-list"),
    path("glossary/<slug:slug>", views.TermDetailView.as_view(), name="glossary-detail"),
    path("sync/catalogue", views.SyncCatalogueView.as_view(), name="sync-catalogue"),
    path("sync/catalogue/snapshots/<snapshot:name>.json.gz", views.SnapshotFileView.as_view(), name="sync-snapshot"),
]
