"""Print how well the goals guessed agree with those people say, beside two baselines, by language and by goal."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from answerable.engine.sdg.tagging import tag_text
from bench.options import parser_of
from bench.quality.gold import consultations_folder
from bench.sdg.experts import FOLDER_SETTING, answered, asked_in, expert_files
from bench.sdg.gold import LANGUAGES, Labelled, arguments, demonstration, everyday, labels, paragraphs, titles
from bench.sdg.lengths import print_by_length, print_near_misses
from bench.sdg.measures import GOALS, Counts, counted, drawn, most_frequent, silly, tagged, title_words, together

_CHOSEN = "chosen on"
_JUDGED = "judged on"
_SETS = """Who labelled what:
everyday words: 50 short texts a language, written and labelled by us; the lexicon was extended by them
demonstration: contributions of our demonstration, labelled by us before there was a lexicon
paragraphs: 70 paragraphs in the style of reports, written and labelled by us, half of them near-misses for other goals
short labels, official titles: wording of the reference and of the United Nations, with the goal they stand under
ArgKP: arguments of strangers; the topics were given goals by us
files in the folder of ANSWERABLE_SDG_LABELLED: labelled by whoever made them
"""


def sets(shared: Path | None) -> Iterator[tuple[str, str, str, list[Labelled]]]:
    """Yield the labelled texts at hand: what they are, their language, what they are used for."""
    for language in LANGUAGES:
        yield "everyday words", language, _CHOSEN, everyday(language=language)
    for use, half in ((_CHOSEN, 0), (_JUDGED, 1)):
        for language in LANGUAGES:
            yield "demonstration", language, use, demonstration(language=language, half=half)
    yield "paragraphs", "en", _CHOSEN, paragraphs(half=0)
    yield "paragraphs", "en", _JUDGED, paragraphs(half=1)
    yield "short labels", "en", _CHOSEN, labels()
    if shared is not None:
        for use, half in ((_CHOSEN, 0), (_JUDGED, 1)):
            for language in LANGUAGES:
                yield "official titles", language, use, titles(shared, language=language, half=half)
        yield "ArgKP train", "en", _CHOSEN, arguments(shared, split="train")
        yield "ArgKP dev", "en", _JUDGED, arguments(shared, split="dev")


def main() -> None:
    """Print the tables."""
    parser_of("How well goals are guessed.", left_out="").parse_args()
    folder = consultations_folder()
    shared = folder.parent if folder else None
    judged: dict[int, Counts] = dict.fromkeys(GOALS, Counts())
    unseen: list[tuple[str, Labelled]] = []
    print(_SETS)
    print(f"{'texts':16}{'':4}{'use':10}{'number':>7}{'recall':>8}{'precision':>11}{'F1':>6}", end="")
    print(f"{'F1 of one goal':>16}{'drawn':>7}{'F1 of titles':>14}")
    for name, language, use, texts in sets(shared):
        found = counted(texts, tagged(language))
        _print_row(f"{name:16}{language:4}{use:10}{len(texts):7}", found, _baselines(texts, language, shared))
        unseen += [(language, one) for one in texts if use == _JUDGED]
        if use == _JUDGED and name in {"demonstration", "official titles"}:
            judged = {goal: judged[goal] + found[goal] for goal in GOALS}
    print_by_length(unseen)
    _print_by_goal(judged)
    print_near_misses([*paragraphs(half=0), *paragraphs(half=1)])
    _print_silly()
    _print_targets(shared)
    _print_experts()
    print(f"\n{cost():,.0f} microseconds of processor time for 1,000 characters of the demonstration.")


def _baselines(texts: Sequence[Labelled], language: str, shared: Path | None) -> tuple[Counts, Counts, Counts | None]:
    """Return what one goal for all texts, a goal drawn for each, and the words of the goals' titles would reach."""
    one, any_goal = (together(counted(texts, guess).values()) for guess in (most_frequent(texts), drawn))
    words = together(counted(texts, title_words(shared, language=language)).values()) if shared else None
    return one, any_goal, words


def _print_row(start: str, found: Mapping[int, Counts], baselines: tuple[Counts, Counts, Counts | None]) -> None:
    """Print how the tags and the baselines agree with the labels of some texts."""
    total = together(found.values())
    one, any_goal, titled = baselines
    words = f"{titled.f1:14.2f}" if titled else f"{'not at hand':>14}"
    print(f"{start}{total.recall:8.2f}{total.precision:11.2f}{total.f1:6.2f}{one.f1:16.2f}{any_goal.f1:7.2f}{words}")


def _print_by_goal(judged: Mapping[int, Counts]) -> None:
    """Print the goals one by one, over the demonstration and the titles that are judged on, all languages together."""
    print("\nBy goal, over the rows judged on of the demonstration and the titles, in six languages together:")
    print(f"{'goal':>4}{'labels':>8}{'recall':>8}{'precision':>11}{'F1':>6}")
    for goal, one in judged.items():
        print(f"{goal:4}{one.right + one.missed:8}{one.recall:8.2f}{one.precision:11.2f}{one.f1:6.2f}")


def _print_silly() -> None:
    """Print how many of the texts that speak of nothing get a tag."""
    shares = [f"{code} {silly(everyday(language=code), tagged(code)):.2f}" for code in LANGUAGES]
    print(f"\nShare of the texts that speak of no goal and get a tag all the same: {', '.join(shares)}.")


def _print_targets(shared: Path | None) -> None:
    """Print, for titles whose goal is right, how many get a target and how many of these are right."""
    if shared is None:
        print("\nNOT MEASURED: titles, ArgKP and targets, since the data beside the checkout is not at hand.")
        return
    print("\nTargets, over the titles judged on whose goal is right: share that get one, share of these that is right")
    for language in LANGUAGES:
        texts = titles(shared, language=language, half=1)
        pairs = [
            (one.target, tag.target) for one in texts for tag in tag_text(one.text, language) if tag.goal in one.goals
        ]
        given = [(true, guess) for true, guess in pairs if guess]
        right = sum(true == guess for true, guess in given)
        print(f"{language:4}{len(given) / max(1, len(pairs)):8.2f}{right / max(1, len(given)):8.2f}")


def _print_experts() -> None:
    """Print how the tags agree with files of labelled texts, or say loudly that there are none."""
    files = expert_files()
    if not files:
        print(f"\nNOT MEASURED: texts labelled by experts. Name a folder of such files in {FOLDER_SETTING}.")
    for path in files:
        print(f"\n{path.name}: yes or no to one goal for each text")
        print(
            f"{'':4}{'goal':>5}{'asked':>7}{'recall':>8}{'precision':>11}{'F1':>6}{'first tag':>11}{'tags a text':>13}"
            f"{'always yes':>12}{'by a coin':>11}"
        )
        for (language, goal), one in answered(asked_in(path)).items():
            name, counts = str(goal) if goal else "all", one.counts
            print(
                f"{language:4}{name:>5}{one.asked:7}{counts.recall:8.2f}{counts.precision:11.2f}{counts.f1:6.2f}",
                end="",
            )
            print(f"{one.first:11.2f}{one.tags_a_text:13.2f}{one.always_yes:12.2f}{one.by_coin:11.2f}")


def cost() -> float:
    """Return the microseconds of processor time that a thousand characters of the demonstration take."""
    texts = [one.text for half in (0, 1) for one in demonstration(language="en", half=half)]
    _tag_all(texts[:1])
    begun = time.process_time()
    _tag_all(texts * 5)
    return (time.process_time() - begun) / (5 * sum(map(len, texts))) * 1e9


def _tag_all(texts: Iterable[str]) -> None:
    """Tag texts for the time it takes."""
    for text in texts:
        tag_text(text, "en")


if __name__ == "__main__":
    main()
