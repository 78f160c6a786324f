"""Go on with a synthesis while contributions keep coming in: attach a few, begin anew with many, keep themes known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answerable.engine.attaching import attach, match_themes
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Placement, Settings, Synthesis, Theme
from answerable.engine.renewing import is_new_run_due


@dataclass(frozen=True)
class Continuation:
    """
    Hold a synthesis that goes on.

    Either `synthesis` is the one there was and `attached` says where the new contributions belong in it, or it is a new
    one of everything, `is_new` is true, and nothing is attached.
    """

    synthesis: Synthesis
    attached: tuple[Placement, ...]
    is_new: bool


def go_on(
    contributions: Sequence[Contribution],
    *,
    placed: Sequence[Contribution],
    synthesis: Synthesis,
    settings: Settings | None = None,
) -> Continuation:
    """
    Return a synthesis that also says where new contributions belong.

    `placed` are the contributions it was made of, `contributions` all that came in since then. Up to a tenth of all are
    attached to the themes there are; more make a new synthesis, in which themes that live on keep their ids. Raises
    DuplicateIdError when it makes one of contributions that share an id.
    """
    chosen = settings or synthesis.manifest.settings
    if is_new_run_due(len(contributions), placed=len(placed)):
        new = synthesize([*placed, *contributions], settings=chosen)
        return Continuation(keep_theme_ids(new, old=synthesis.themes), (), is_new=True)
    return Continuation(
        synthesis, attach(contributions, placed=placed, synthesis=synthesis, settings=chosen), is_new=False
    )


def keep_theme_ids(synthesis: Synthesis, *, old: Sequence[Theme]) -> Synthesis:
    """
    Return a synthesis in which each theme that an old theme lives on in has the id of the old one, everywhere.

    `attaching.match_themes` says which themes live on. All others keep the ids they have.
    """
    names = {new: kept for kept, new in match_themes(old, synthesis.themes).items()}
    links = [
        replace(link, theme=min(pair), other=max(pair))
        for link in synthesis.links
        for pair in [(names.get(link.theme, link.theme), names.get(link.other, link.other))]
    ]
    return replace(
        synthesis,
        themes=tuple(
            replace(one, id=names.get(one.id, one.id), parent=names.get(one.parent, one.parent))
            for one in synthesis.themes
        ),
        placements=tuple(replace(one, theme=names.get(one.theme, one.theme)) for one in synthesis.placements),
        representatives=tuple(replace(one, theme=names.get(one.theme, one.theme)) for one in synthesis.representatives),
        links=tuple(sorted(links, key=lambda link: (link.theme, link.other))),
    )
