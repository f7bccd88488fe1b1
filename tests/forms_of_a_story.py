"""Twelve forms of an invented agency's story, as the sites of its customers show them; and stories that are not it."""

from typing import Final

LEAD = (
    "PORT CALLOW (Harbour Press) - The harbour board of Port Callow voted on Tuesday to reopen the old ferry slip,"
    " ending a dispute that had divided the town for two winters and cost the previous chair her seat."
)
HOLT = (
    '"We have waited long enough for this slip," Maren Holt, the chair of the board, said after the vote. "The first'
    ' ferry sails on the first of June."'
)
RECK = (
    "According to Tobias Reck, the engineer who led the works, the repairs took 14 months. "
    '"The piles were in better shape than we had feared," Reck said.'
)
HISTORY = (
    "The slip was closed after a storm tore away part of its deck and left the islands without a crossing for cars."
    " Since then the islanders have travelled by way of Easter Quay, which takes two hours longer in the summer months."
)
FISHERMEN = (
    "Fishermen who recognise the need for the ferry asked for a second crane near the labour office. The board will"
    " return to that question in the autumn, when the figures of the season are known."
)
COST = "The works cost 2.4 million crowns, which the county and the board share in equal parts over the next ten years."
PARAGRAPHS = (LEAD, HOLT, RECK, HISTORY, FISHERMEN, COST)
BOILERPLATE = (
    "Sign up for our newsletter and never miss a story from the coast. Follow us on all channels.",
    "Copyright 2026 Callow Courier. All rights reserved. Reporting by Ann Lee; editing by Tom Oak.",
)
ADDED = (
    "In Saltby, across the sound, shopkeepers welcomed the decision. Many had moved their orders to the railway.",
    "The county council hears the islanders next week, before it votes on the timetable for the winter months.",
)


def join(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


ORIGINAL = join(*PARAGRAPHS)
TWELVE_FORMS: Final = {
    "original": ORIGINAL,
    "shortened": join(LEAD, HOLT, RECK),
    "headline": join("Ferry slip opens again after two winters", ORIGINAL),
    "byline": join("By Ann Lee", "Callow Courier", ORIGINAL.replace("PORT CALLOW (Harbour Press) - ", "")),
    "order": join(LEAD, RECK, HOLT, COST, FISHERMEN, HISTORY),
    "added": join(LEAD, HOLT, ADDED[0], RECK, HISTORY, ADDED[1], FISHERMEN, COST),
    "marks": "“".join(ORIGINAL.split(' "')).replace('"', "”").replace("\n\n”We", "\n\n“We").replace("“", " “"),
    "spelling": ORIGINAL.replace("arbour", "arbor").replace("labour", "labor").replace("recognise", "recognize")
    .replace("travelled", "traveled"),
    "updated": ORIGINAL.replace("14 months", "16 months").replace("2.4 million", "2.6 million"),
    "amp": join("Ferry slip to reopen", *PARAGRAPHS[:5]),
    "print": join("Print | Share | 2 March 2026 | Page 1 of 1", ORIGINAL),
    "boilerplate": join(BOILERPLATE[0], ORIGINAL, *BOILERPLATE),
}  # fmt: skip
OTHER_STORIES: Final = {
    "another story of the town": join(
        BOILERPLATE[0],
        "PORT CALLOW (Harbour Press) - The harbour board of Port Callow put off its vote on the fish market on Friday.",
        '"We need another month," Maren Holt, the chair of the board, said. "Nobody wants a market without a roof."',
        "The roof of the market came down in the same storm as the deck of the pier. An architect from Easter Quay has"
        " drawn a new one in wood, which the insurers want to see tested before they pay their part of the price.",
        "The market has stood empty since the autumn. Its traders sell from vans on the quay, and complain of rain.",
        *BOILERPLATE,
    ),
    "a story that cites it": join(
        "Two years of quarrels over a slipway are over, and what is left is the question of who pays for the rest.",
        '"We have waited long enough for this slip," Maren Holt said when the board had voted.',
        "In the inns along the quay that sentence was repeated with a smile all evening. Others counted what they had"
        " lost: the shop on the pier, the morning boat, the children who went to school across the water.",
    ),
}
