"""Common first names of several countries that imply "he" or "she"; names of both genders are left out."""

from claims.extraction.lexicon import word_set

MALE_FIRST_NAMES = word_set(
    """
    aaron abdul abraham adam adrian ahmed alan albert alberto alejandro aleksandr alex alexander alexei alfred ali
    allen alvin ambrose anatoly anders andre andreas andrei andrew angelo anthony antonin antonio arnold arthur asif
    austin barack barry ben benjamin bernard bernie bert bill billy bob bobby bogdan bohdan boris brad bradley
    brandon brendan brent brett brian bruce bryan calvin carl carlos charles charlie chester chris christian
    christopher chuck clarence clark clayton clifford clint colin corey craig curtis cyril dale damian dan daniel
    danny darren dave david dean denis dennis derek desmond dick diego dmitri dmitry dominic don donald doug douglas
    duncan dwight earl ed eddie edgar edmund eduardo edward edwin eli elijah emmanuel enrique eric erik ernest
    eugene evan felix fernando francis francisco frank franklin fred frederick friedrich gabriel gary gavin geoffrey
    george gerald gerard giorgio giovanni glenn gordon graham greg gregory guy hakan hans harold harry harvey hassan
    heinrich henry herbert herman howard hubert hugh hugo ian ibrahim igor imran isaac ivan jack jacob jacques jake
    jamal james jamie jared jason javier jay jeff jeffrey jeremy jerome jerry jim jimmy joachim joe joel joey johan
    john johnny jon jonathan jorge jose joseph josh joshua josé juan jude julian julio justin karl keir keith ken
    kenneth kevin kirk kofi konstantin kurt kyle larry lars laurence lawrence leo leon leonard leonid lionel lloyd
    louis lucas luis luke malcolm manuel marc marcel marco marcus mario mark martin marvin matt matteo matthew
    maurice max maxim michael michel miguel mike mikhail mitch mitt mohamed mohammad mohammed morgan moses muhammad
    mustafa narendra nathan nathaniel neil nelson newt nicholas nick nicolas nigel nikolai norman oleg oliver omar
    osama oscar otto owen pablo patrick paul paulo pavel pedro pete peter phil philip phillip pierre rafael rahul
    raj ralph ramon randall randy raul ray raymond reginald rex ricardo richard rick robert roberto rod rodney
    rodrigo roger roland roman ron ronald ross roy rudolph rudy rush russell rustem ryan salman sam samuel saul
    scott seamus sean sebastian sergei sergey seth shane shawn sidney simon stanley stefan stephen steve steven
    stewart stuart tariq ted terence thad theodore thomas tim timofey timothy tobias todd tom tommy tony travis
    trevor tyler vernon victor viktor vincent vladimir volodymyr wallace walter warren wayne wesley wilbur will
    william willie winston wolf wolfgang xavier yuri zachary
    """
)
FEMALE_FIRST_NAMES = word_set(
    """
    abigail adriana agnes aisha alexandra alice alicia alison amanda amber amelia amy ana anastasia angela angelina
    angelique anita ann anna anne annette annie april ashley audrey ava barbara beatrice becky belinda bernadette
    beth betsy betty beverly bonnie brenda bridget brittany camille candace carla carly carmel carmen carol carole
    caroline carolyn cassandra catherine cathy cecilia celia charlotte chelsea cheryl christina christine cindy
    claire clara claudia colleen condoleezza connie constance cynthia daisy danielle daphne dawn debbie deborah
    debra delia denise diana diane dianne dolores donna dora doris dorothy edith eileen elaine eleanor elena
    elisabeth elise eliza elizabeth ella ellen ellie eloise elsa emily emma erica erin esther ethel eva evelyn
    fatima fiona flora florence frances gabriela gail georgia geraldine gertrude gina ginger giorgia gloria grace
    greta gwen hannah harriet hazel heather heidi helen helena helga henrietta hilary hillary holly ida ilana inga
    ingrid irene irina iris isabel isabella ivana ivanka jacqueline jane janet janice jasmine jeanne jennifer jenny
    jessica jill joan joanna joanne josephine joyce juanita judith judy julia juliana julie june karen kate
    katherine kathleen kathryn kathy katie katrina kayla kellyanne kimberly kirsten kristen kristin laila lara laura
    lauren leah leila lena lillian lily linda lisa lois loretta lorraine lucia lucy lydia madeleine madison maggie
    margaret margarita maria mariana marie marilyn marina marjorie marta martha mary matilda maureen maya megan
    melania melanie melinda melissa mercedes mia michaela michele michelle mildred minyon miranda miriam molly
    monica muriel nadia nancy naomi natalia natalie natasha nicole nina nora norma olga olivia opal oprah pamela
    patricia patty paula pauline peggy penelope penny phyllis priscilla rachel ramona rebecca regina renee rita
    roberta rosa rosalind rose rosemary roxanne ruth sabrina sally samantha sandra sara sarah sharon sheila shelly
    sherry shirley silvia simone sofia sonia sonya sophia sophie stacey stella stephanie sue susan susanna suzanne
    svetlana sylvia tamara tanya tara tatiana teresa theresa tiffany tina tracy ursula valentina valerie vanessa
    vera veronica victoria viola violet virginia vivian wanda wendy whitney yolanda yulia yvonne zoe
    """
)
