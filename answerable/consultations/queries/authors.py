"""Under which name words are shown."""

from django.utils.translation import gettext as _

from answerable.consultations.models import Contribution, Reply


def shown_name(post: Contribution | Reply) -> str:
    """Return the name beside a text: its author's public one, the one given in a file, or that it is withheld."""
    if not post.is_name_hidden and post.author is not None:
        return post.author.public_name
    attributed = "" if isinstance(post, Reply) else post.attributed_name
    return attributed if attributed and not post.is_name_hidden else _("Name withheld")
