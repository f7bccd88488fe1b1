"""What readers see: each public resource is declared once, in a module of its own; the rest is derived."""

from claims.resources.claims import CLAIMS
from claims.resources.corrections import CORRECTIONS
from claims.resources.quotes import QUOTES
from claims.resources.ratings import RATINGS
from claims.resources.relations import RELATIONS
from claims.resources.resource import Resource
from claims.resources.sources import SOURCES
from claims.resources.speakers import SPEAKERS
from claims.resources.topics import TOPICS
from claims.resources.verifications import VERIFICATIONS

RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for resource in (QUOTES, CLAIMS, SPEAKERS, SOURCES, VERIFICATIONS, TOPICS, CORRECTIONS, RATINGS, RELATIONS)
}
