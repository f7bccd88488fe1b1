"""The words that introduce what somebody said or thought: verbs, adjectives, and phrases such as «по словам»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from claims.extraction.quotation import Act, Span
from claims.extraction.russian.parsing.morphology import analyze


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SPEECH_VERBS = word_set(
    """
    сказать говорить рассказать рассказывать заявить заявлять сообщить сообщать отметить отмечать подчеркнуть
    подчёркивать подчеркивать добавить добавлять прибавить объяснить объяснять пояснить пояснять разъяснить разъяснять
    уточнить уточнять напомнить напоминать признать признавать признаться признаваться сознаться утверждать подтвердить
    подтверждать ответить отвечать возразить возражать парировать воскликнуть восклицать выкрикнуть крикнуть кричать
    закричать прошептать шептать пробормотать произнести констатировать резюмировать заключить заключать подытожить
    подытоживать обещать пообещать посетовать сетовать пожаловаться жаловаться похвастаться похвалиться хвастаться
    предупредить предупреждать предостеречь предостерегать заверить заверять уверять уверить убеждать
    настаивать указать указывать написать писать информировать проинформировать передать передавать доложить
    докладывать отчитаться объявить
    объявлять огласить анонсировать известить оповестить провозгласить прокомментировать комментировать цитировать
    процитировать рапортовать отрапортовать поведать поделиться делиться советовать посоветовать рекомендовать
    порекомендовать предложить предлагать призвать призывать предсказать предсказывать прогнозировать спрогнозировать
    обвинить обвинять упрекнуть упрекать критиковать раскритиковать пошутить шутить иронизировать съязвить
    перечислить перечислять засвидетельствовать клясться поклясться пригрозить грозить угрожать
    вспомнить вспоминать рассуждать размышлять замечать заметить обратить акцентировать
    аргументировать мотивировать спросить спрашивать поинтересоваться интересоваться осведомиться
    высказаться высказываться обмолвиться проговориться

    опровергать опровергнуть отрицать отвергнуть отвергать попросить просить потребовать требовать велеть
    приказать поручить поручать отозваться уведомить
    хвалиться установить декларировать пояснять сострить хмыкнуть буркнуть уточняться
    переспросить проговорить молвить вымолвить выпалить отчеканить зачитать прочитать твердить подметить
    допустить допускать подсчитать пожелать сформулировать подсказать намекнуть намекать
    исключить исключать скрывать сообщаться говориться отмечаться указываться подчёркиваться подчеркиваться утверждаться
    """
)
THOUGHT_VERBS = word_set(
    """
    считать посчитать полагать думать подумать верить поверить надеяться ожидать опасаться предполагать
    предположить сомневаться рассчитывать подозревать счесть усомниться предвидеть переживать ждать
    """
)
# Of what news report as somebody's opinion, what was not necessarily said.
INNER_VERBS = word_set(
    "думать подумать верить поверить надеяться ожидать опасаться сомневаться рассчитывать подозревать усомниться "
    "переживать ждать"
)
# Nobody asserts what is denied or asked for.
OTHER_VERBS = word_set(
    """
    опровергать опровергнуть отрицать отвергнуть отвергать попросить просить потребовать требовать велеть приказать
    предложить предлагать призвать призывать советовать посоветовать рекомендовать порекомендовать мечтать
    поручить поручать пожелать
    """
)
# Of a manner of speaking: cues beside speech in marks only.
MANNER_VERBS = word_set(
    """
    улыбнуться улыбаться смеяться засмеяться рассмеяться вздохнуть вздыхать кивнуть кивать закивать усмехнуться
    усмехаться хохотать плакать заплакать горячиться перебить вмешаться оживиться нахмуриться помолчать махнуть
    развести пожать обижаться обидеться сердиться рассердиться взорваться закончить завершить подвести обрадовать
    приводить привести процедить проворчать ворчать протянуть пропеть петь запеть гордиться
    продолжить продолжать начать начинать бросить вставить подхватить поддержать отрезать поправить радоваться
    обрадоваться порадоваться удивиться удивляться восхититься восхищаться недоумевать возмутиться возмущаться
    извиниться сослаться поблагодарить поздравить обратиться откликнуться оценить оценивать выразиться повторить
    повторять зачитывать читать описать описывать назвать называть охарактеризовать характеризовать отмахнуться
    """
)
# What they say of a thing counts if it stands in marks: `назвал сделку «лучшей за десять лет»`.
NAMING_VERBS = word_set("назвать называть охарактеризовать характеризовать описать описывать окрестить прозвать")
CARRIER_VERBS = word_set(
    "сообщать сообщить передавать передать писать написать информировать цитировать процитировать приводить привести "
    "рассказать рассказывать отмечать пересказывать ссылаться напоминать уточнять добавлять утверждать"
)
CERTAINTY = word_set(
    "уверен уверена уверены уверено убеждён убежден убеждена убеждены согласен согласна согласны несогласен "
    "недоволен недовольна возмущён возмущен возмущена удивлён удивлен удивлена категоричен категорична краток "
    "лаконичен лаконична рад рада обеспокоен обеспокоена намерен намерена намерены"
)
# «выразил уверенность, что»
OPINION_NOUNS = word_set(
    """
    уверенность мнение надежда сомнение опасение сожаление предположение убеждение точка готовность обеспокоенность
    озабоченность недоумение позиция утверждение заявление замечание вывод мысль благодарность удивление удовлетворение
    """
)
OPINION_VERBS = word_set(
    """
    выразить выражать высказать высказывать сделать делать прийти приходить озвучить придерживаться дать обратить
    обращать сделать разделять заострить акцентировать выступить поставить
    """
)
BY_NOUNS = word_set(
    """
    словам мнению данным оценке оценкам информации сведениям версии выражению заявлению утверждению утверждениям
    свидетельству свидетельствам признанию подсчётам подсчетам прогнозу прогнозам убеждению сообщению сообщениям
    рассказу рассказам расчётам расчетам замечанию наблюдениям предположению ощущениям воспоминаниям уверению уверениям
    заверению заверениям выводам показаниям
    """
)
# «согласно опросу», with or without whose it is.
DOCUMENTS_CITED = word_set(
    "исследованию исследованиям опросу опросам докладу отчёту отчету документу документам материалам статистике "
    "пресс-релизу релизу письму публикации"
)
FIRST_LETTERS = 4
_CUE_VERBS = SPEECH_VERBS | THOUGHT_VERBS | OTHER_VERBS | MANNER_VERBS | OPINION_VERBS
_BEGINNINGS = frozenset(verb[:FIRST_LETTERS] for verb in _CUE_VERBS) | word_set(
    """
    дала дал дало дали дают даёт дает сооб гово отме скаж прош пишу пише шепч крич клян вспо наде каял приш сочл сочт
    счёл счел веря верю верь ждут ждёт ждет ждал жалу сету раду смее смеё плач
    """
)


class Form(StrEnum):
    FINITE = "finite"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"
    GERUND = "gerund"
    ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True)
class CueWord:
    """A form of a cue verb, or a short adjective in its place. `gender` is empty of forms that have none."""

    lemma: str
    form: Form
    gender: str
    is_plural: bool
    is_third_person: bool = True
    is_imperative: bool = False
    is_manner: bool = False

    @property
    def act(self) -> Act:
        if self.lemma in OTHER_VERBS:
            return Act.OTHER
        return Act.THOUGHT if self.lemma in INNER_VERBS else Act.SPEECH


@lru_cache(maxsize=20_000)  # by the word alone
def find_cue_word(lower: str) -> CueWord | None:
    """Return what cue a lower-case word is a form of, if it is."""
    if lower in CERTAINTY:
        gender = "" if lower.endswith("ы") else "femn" if lower.endswith("а") else "masc"
        return CueWord(lower, Form.ADJECTIVE, gender, is_plural=lower.endswith("ы"))
    if lower[:FIRST_LETTERS] not in _BEGINNINGS or len(lower) < 3:
        return None
    for analysis in analyze(lower):
        lemma, tag = analysis.normal_form, analysis.tag
        if lemma not in _CUE_VERBS:
            continue
        if "VERB" in tag:
            form = Form.FINITE
        elif "INFN" in tag:
            form = Form.INFINITIVE
        elif "GRND" in tag:
            form = Form.GERUND
        elif "PRTF" in tag and "actv" in tag:
            form = Form.PARTICIPLE
        else:
            continue
        return CueWord(
            lemma,
            form,
            gender=next((name for name in ("masc", "femn", "neut") if name in tag), ""),
            is_plural="plur" in tag,
            is_third_person=not tag & {"1per", "2per"},
            is_imperative="impr" in tag,
            is_manner=lemma not in SPEECH_VERBS | THOUGHT_VERBS,
        )
    return None


BY_PHRASE = re.compile(rf"\b(?:по|со)\s+(?:\w+\s+)?(?:{'|'.join(sorted(BY_NOUNS | {'слов'}))})\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MAX_CUE_WORDS, MAX_CUE_DISTANCE = 10, 160  # from the dash to the cue
ENDS_REPORT = frozenset(".!?…:;«\n")


def begins_with_cue(text: str, span: Span) -> bool:
    """Whether the words behind a dash are the reporter's: `сказал Иванов`, `Иванов не скрывает`, `хмыкает он`."""
    limit = min(span.end, span.start + MAX_CUE_DISTANCE)
    words = list(islice(WORD.finditer(text, span.start, limit), MAX_CUE_WORDS))
    for count, match in enumerate(words):
        between = text[span.start : match.start()]
        if not ENDS_REPORT.isdisjoint(between) or between.count(",") > 2:
            return False
        cue = find_cue_word(match[0].lower())
        behind = words[count + 1][0].lower() if count + 1 < len(words) else ""
        is_of_speaker = cue is not None and (cue.is_third_person or behind == "я")
        if cue and is_of_speaker and not cue.is_imperative and cue.form in {Form.FINITE, Form.ADJECTIVE}:
            return True
        if count == 0 and (BY_PHRASE.match(text, match.start(), limit) or _is_verb_of_somebody(words)):
            return True
    return False


def _is_verb_of_somebody(words: Sequence[re.Match[str]]) -> bool:
    """Whether a verb in the third person is followed by a name, «он» or «она»: any verb may stand beside speech."""
    verb, *others = (match[0] for match in words)
    readings = analyze(verb.lower())
    is_verb = bool(readings) and "VERB" in readings[0].tag and not readings[0].tag & {"1per", "2per", "impr", "plur"}
    return is_verb and any(other in {"он", "она"} or other[0].isupper() for other in others[:2])
