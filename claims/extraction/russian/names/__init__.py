"""Names of persons back to the nominative; needs the extra `russian`."""

from claims.extraction.russian.names.declension import Case, Gender
from claims.extraction.russian.names.name import Name
from claims.extraction.russian.names.nominative import nominative, same_name_key
from claims.extraction.russian.names.seen_names import SeenNames

__all__ = ["Case", "Gender", "Name", "SeenNames", "nominative", "same_name_key"]
