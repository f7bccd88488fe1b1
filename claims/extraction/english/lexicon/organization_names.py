"""Words in the names of organizations and states, and the nouns that stand for them: "Lampo Inc. … the company"."""

from claims.extraction.lexicon import name_set, word_set
from claims.extraction.lexicon.organization_endings import ENDINGS

# What an organization can be, with the nouns that stand for it and the last words of names that say so.
ORGANIZATION_CLASSES = {
    "company": (
        word_set(
            """
            airline bank bookmaker brand brewer broker builder business carmaker carrier chain company conglomerate
            developer drugmaker exporter firm giant group hotelier insurer label lender maker manufacturer operator
            producer publisher retailer shipbuilder start-up startup store studio supermarket supplier
            """
        ),
        ENDINGS["company"],
    ),
    "club": (word_set("club franchise side team"), ENDINGS["club"]),
    "newspaper": (
        word_set("broadsheet daily journal magazine newspaper outlet paper publication tabloid weekly"),
        ENDINGS["newspaper"],
    ),
    "country": (word_set("country government kingdom nation republic state"), frozenset[str]()),
    "body": (
        word_set("agency authority body commission council organisation organization regulator watchdog"),
        ENDINGS["body"],
    ),
    "society": (
        word_set("association body charity federation foundation group movement organisation organization party union"),
        ENDINGS["society"],
    ),
    "party": (word_set("opposition party"), ENDINGS["party"]),
    "union": (word_set("union"), ENDINGS["union"]),
}
# These may stand for any organization, if there is only one.
GENERIC_ORGANIZATION_NOUNS = word_set("body company firm group organisation organization")
# Capitalized, they are still no names: "the Company" in a statement.
COMMON_ORGANIZATION_NOUNS = frozenset[str]().union(*(nouns for nouns, _ in ORGANIZATION_CLASSES.values())) | word_set(
    "airport campaign charity court department hospital ministry museum police school trust university"
)
ORGANIZATION_STARTS = word_set(
    "ac aston atletico atlético bayern borussia dinamo dynamo fc inter lokomotiv new plaid real sinn sporting team"
)
PLACE_ENDINGS = word_set(
    "bay beach city coast county creek heights hills island islands isles park springs valley village"
)
# Articles of other languages, which begin names of newspapers, and surnames: "Le Matin".
FOREIGN_ARTICLES = word_set("das der die el il la le les")
COMPASS_WORDS = word_set(
    """
    central east eastern greater lower north north-east north-west northern south south-east south-west southern upper
    west western
    """
)
COUNTRIES = name_set(
    """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus
    belgium benin bolivia bosnia botswana brazil britain bulgaria burkina_faso burma burundi cambodia cameroon
    canada chile china colombia congo costa_rica croatia cuba cyprus czech_republic denmark djibouti
    dominican_republic east_timor ecuador egypt el_salvador england eritrea estonia ethiopia fiji finland france
    gabon gambia germany ghana great_britain greece greenland guatemala guinea guyana haiti holland honduras
    hong_kong hungary iceland india indonesia iran iraq ireland israel italy ivory_coast jamaica japan kazakhstan
    kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg
    macedonia malawi malaysia mali malta mauritania mauritius mexico moldova monaco mongolia montenegro morocco
    mozambique myanmar namibia nepal netherlands new_zealand nicaragua niger nigeria north_korea northern_ireland
    norway oman pakistan palestine panama papua_new_guinea paraguay peru philippines poland portugal qatar romania
    russia rwanda saudi_arabia scotland senegal serbia sierra_leone singapore slovakia slovenia somalia
    south_africa south_korea south_sudan soviet_union spain sri_lanka sudan sweden switzerland syria taiwan
    tajikistan tanzania thailand togo tunisia turkey turkmenistan uganda ukraine united_arab_emirates
    united_kingdom united_states uruguay uzbekistan vatican venezuela vietnam wales yemen zambia zimbabwe
    """
)
# Of federal states, those that speak in the news.
STATES = name_set(
    """
    alabama alaska alberta arizona arkansas bavaria california catalonia colorado connecticut delaware florida
    hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada new_hampshire new_jersey new_mexico new_south_wales new_york
    north_carolina north_dakota ohio oklahoma ontario oregon pennsylvania quebec queensland rhode_island
    south_carolina south_dakota tasmania tennessee texas utah vermont west_virginia wisconsin wyoming
    """
)
# Names by which governments, parties, agencies and well-known firms speak.
KNOWN_ORGANIZATIONS = name_set(
    """
    amazon apple barclays beijing boeing brussels capitol_hill downing_street ebay europol eurostat facebook fatah
    google greenpeace hamas hezbollah honda hyundai ikea instagram intel interpol kremlin kyiv labour likud
    microsoft moscow motorola nasa nato nestle netflix nissan nokia opec oxfam pentagon pyongyang reuters samsung
    scotland_yard siemens sinn_fein sony taliban tehran tesco toyota twitter ukip unesco unicef volkswagen
    wall_street white_house whitehall yahoo youtube
    """
)
