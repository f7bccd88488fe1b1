"""The last words of names in Latin letters that say which kind of organization has the name: "Lampo Inc."."""

from claims.extraction.lexicon import word_set

ENDINGS = {
    "company": word_set(
        """
        ab ag airlines airways asa associates bancorp bank brothers capital chemicals co co. communications
        corp corp. corporation electric electronics energy enterprises entertainment foods gmbh holdings inc
        inc. industries interactive insurance investments labs limited llc llp ltd ltd. mobile motor motors
        networks nv pac partners petroleum pharma pharmaceuticals pictures plc records research sa securities
        services software solutions sons spa steel stores studios supermarkets systems technologies technology
        telecom
        """
    ),
    "club": word_set(
        """
        afc albion argyle athletic cf city club fc hotspur rangers rovers rugby sc town united wanderers
        """
    ),
    "newspaper": word_set(
        """
        chronicle courier echo examiner gazette globe guardian herald independent journal mail mirror news observer
        post register standard star sun telegraph times tribune
        """
    ),
    "body": word_set("agency authority commission council ombudsman organisation organization"),
    "society": word_set(
        "alliance association charity coalition federation foundation international movement society trust"
    ),
    "party": word_set("labour party"),
    "union": word_set("union"),
}
ORGANIZATION_ENDINGS = frozenset[str]().union(*ENDINGS.values())
