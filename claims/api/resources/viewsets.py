"""A viewset for each public resource."""

from claims.api.resources.exportable import ExportableViewSet
from claims.resources import RESOURCES
from claims.resources.resource import Resource


def viewset_for(resource: Resource) -> type[ExportableViewSet]:
    attributes = {
        "__doc__": resource.description,
        "resource": resource,
        "serializer_class": resource.serializer_class,
    }
    return type(f"{resource.model.__name__}ViewSet", (ExportableViewSet,), attributes)


VIEWSETS = {name: viewset_for(resource) for name, resource in RESOURCES.items()}
