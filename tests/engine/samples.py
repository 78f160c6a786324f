"""Small consultations in several scripts, written for the tests."""

import random

from answerable.engine.records import Contribution

WATER = (
    "The village wells dry up every March and women walk hours for drinking water.",
    "Clean drinking water from protected wells should reach every village school.",
    "Our wells are salty now; drinking water is carried in from the next village.",
    "Repair the village wells before promising new pipelines for drinking water.",
    "Drinking water committees in each village should test the wells twice a year.",
    "A deep well with a solar pump gave our village drinking water all year.",
)
BUSES = (
    "Buses stop running at seven, so night shift nurses cannot get home safely.",
    "More evening buses and lit bus stops would help nurses on the night shift.",
    "The bus stop at the clinic has no ramp and wheelchair users cannot board buses.",
    "Low floor buses with ramps at every bus stop should be the rule.",
    "Bus fares doubled in a year while buses became later and more crowded.",
    "Publish when buses arrive at each bus stop, in a form that phones can read.",
)
ARABIC = (
    "مياه الشرب في قريتنا مالحة والآبار تجف كل صيف.",
    "نحتاج إلى إصلاح الآبار حتى تصل مياه الشرب إلى كل مدرسة.",
    "تسير النساء ساعات طويلة لجلب مياه الشرب من الآبار البعيدة.",
    "الحافلات لا تصل إلى العيادة بعد الساعة السابعة مساء.",
    "يجب أن تكون الحافلات مجهزة لذوي الإعاقة في كل موقف.",
    "أجرة الحافلات تضاعفت خلال عام واحد فقط.",
)
CHINESE = (
    "村里的饮用水不安全，水井每年春天都会干涸。",
    "应该先修好水井，让每所学校都有饮用水。",
    "妇女每天走很远的路去打饮用水，水井太少。",
    "晚上七点以后没有公交车，护士下班回不了家。",
    "公交车站没有坡道，轮椅无法上公交车。",
    "公交车票价一年涨了一倍，车却越来越晚。",
)
SECTORS = ("public", "private", "civil society", "knowledge")


def consultation() -> list[Contribution]:
    """Return a consultation with two questions, three languages, duplicates, and one contribution like no other."""
    texts = [(text, "What should change?", "") for text in WATER + BUSES + ARABIC + CHINESE]
    texts += [(text, "Who should act?", "en") for text in BUSES[:4] + WATER[:4]]
    texts.append((WATER[0].upper() + "!!", "What should change?", ""))
    texts.append(("Zyxt quorl bimmeth.", "What should change?", "en"))
    return [
        Contribution(
            f"R-{number:03}",
            text,
            question=question,
            language=language,
            sector=SECTORS[number % 4],
            author=f"a{number}",
        )
        for number, (text, question, language) in enumerate(texts)
    ]


def shuffled(contributions: list[Contribution], *, seed: int) -> list[Contribution]:
    """Return the same contributions in another order."""
    copy = list(contributions)
    random.Random(seed).shuffle(copy)
    return copy
