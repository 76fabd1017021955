from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "handbook.catalogue"
    verbose_name = "Catalogue"
