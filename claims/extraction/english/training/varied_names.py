"""Names, places, news outlets and words of other kinds of news, for variants of the training texts."""

from collections.abc import Mapping

from claims.extraction.lexicon import word_set


def word_list(words: str) -> tuple[str, ...]:
    """Return the words of a string that white space separates; "_" stands for a space within one."""
    return tuple(word.replace("_", " ") for word in words.split())


# First names of men, of women, and surnames, by region.
REGIONS = tuple(
    tuple(tuple(sorted(word_set(names))) for names in region)
    for region in (
        (
            "Oliver Callum Rhys Declan Graham Nigel Lewis Ewan",
            "Niamh Gemma Sian Hazel Bronwen Maeve Isla Pippa",
            "Whitfield Hargreaves O’Connor MacLeod Pritchard Ashworth Gallagher Thornbury Fairclough Kerr",
        ),
        (
            "Kwame Chidi Tunde Sipho Jabari Kofi Tendai Abebe",
            "Amina Ngozi Thandiwe Wanjiru Adaeze Zainab Makena Abena",
            "Okafor Mensah Adeyemi Dlamini Mwangi Abubakar Nkosi Otieno Diallo Tesfaye Chukwu Banda",
        ),
        (
            "Rajesh Vikram Arjun Imran Sanjay Anil Tariq Nuwan",
            "Priya Sunita Ayesha Deepika Lakshmi Farzana Meera Shabnam",
            "Sharma Patel Iyer Khan Banerjee Reddy Chaudhry Perera Rahman Nair Joshi Siddiqui",
        ),
        (
            "Wei Hiroshi Minh Jun Takeshi Sung-ho Bayu Ramon",
            "Mei Yuki Lan Soo-jin Akiko Siti Xiaoling Maricel",
            "Chen Tanaka Nguyen Park Santoso Watanabe Zhang Tran Suzuki Kim Wibowo Reyes",
        ),
        (
            "Hassan Yusuf Karim Omid Samir Eyal Emre Faisal",
            "Leila Noor Rania Shirin Yasmin Tamar Elif Huda",
            "Al-Masri Haddad Rezaei Yilmaz Ben-David Hosseini Mansour Demir Cohen al-Rashid Khoury",
        ),
        (
            "Lars Jürgen Matteo Piotr Andrei Antoine Miklós Dimitris",
            "Ingrid Chiara Agnieszka Oksana Élodie Katarzyna Zsófia Eleni",
            "Lindqvist Brandt Rossi Kowalski Petrov Moreau Horváth Papadopoulos Jensen Novák Shevchenko Virtanen",
        ),
        (
            "Joaquín Thiago Ernesto Gustavo Andrés Wilmer Facundo Jair",
            "Camila Lucía Beatriz Ximena Fernanda Yolanda Marisol Dayana",
            "Herrera Quispe Souza Mendoza Cárdenas Oliveira Fuentes Rojas Vargas Figueroa Ibarra",
        ),
        (
            "Tane Wiremu Lachlan Bruce Sione Cooper Kiri Darcy",
            "Aroha Marama Kylie Mele Bronte Shayla Talia Jacinta",
            "Ngata Parata Fifita Mackenzie Taumata Harrington Leota Cavanagh Blundell Tuilagi",
        ),
    )
)
PLACES = word_list(
    "Lagos Leeds Mumbai Perth Nairobi Osaka Gdansk Lima Manila Izmir Durban Cork Lahore Calgary Malmö Accra Hanoi "
    "Porto Auckland Bogotá Kyiv Dhaka"
)
OUTLETS = (
    "Reuters",
    "AFP",
    "ANI",
    "the BBC",
    "Sky Sports",
    "Al Jazeera",
    "Xinhua",
    "the Guardian",
    "the Straits Times",
    "Bloomberg",
    "the Daily Nation",
    "Kyodo News",
    "the Press Association",
    "local radio",
    "the agency",
)
# Words of political news, each with its counterpart in other news.
TOPICS: tuple[Mapping[str, str], ...] = tuple(
    dict(pair.strip().split("=") for pair in pairs.split(","))
    for pairs in (
        """
        campaign=club,candidate=striker,candidates=players,election=final,voters=fans,nominee=captain,
        nomination=title,debate=derby,primary=fixture,senator=defender,governor=goalkeeper,delegates=supporters,
        convention=tournament,republican=home,republicans=hosts,democrats=visitors,democratic=visiting,
        president=coach,administration=federation,congress=the league,senate=committee,polls=odds,party=team,
        policy=tactics,immigrants=substitutes,white house=stadium,presidential=national,secretary=referee
        """,
        """
        campaign=company,candidate=director,candidates=directors,election=merger,voters=customers,
        nominee=chief executive,nomination=bid,debate=auction,primary=offering,senator=analyst,governor=banker,
        delegates=shareholders,convention=annual meeting,republican=retail,republicans=investors,democrats=lenders,
        democratic=wholesale,president=chairman,administration=board,congress=the regulator,senate=exchange,
        polls=results,party=firm,policy=strategy,immigrants=suppliers,white house=head office,
        presidential=corporate,secretary=treasurer
        """,
        """
        campaign=investigation,candidate=suspect,candidates=suspects,election=trial,voters=jurors,
        nominee=defendant,nomination=charge,debate=hearing,primary=inquest,senator=prosecutor,governor=sheriff,
        delegates=witnesses,convention=inquiry,republican=crown,republicans=prosecutors,democrats=defenders,
        democratic=criminal,president=judge,administration=police force,congress=the court,senate=jury,
        polls=records,party=gang,policy=sentence,immigrants=passengers,white house=courthouse,
        presidential=forensic,secretary=inspector
        """,
        """
        campaign=hospital,candidate=headteacher,candidates=teachers,election=festival,voters=residents,
        nominee=surgeon,nomination=award,debate=meeting,primary=exhibition,senator=councillor,governor=warden,
        delegates=volunteers,convention=parade,republican=rural,republicans=farmers,democrats=nurses,
        democratic=urban,president=principal,administration=council,congress=the university,senate=charity,
        polls=samples,party=school,policy=research,immigrants=patients,white house=town hall,
        presidential=medical,secretary=scientist
        """,
    )
)
