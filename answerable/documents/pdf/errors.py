"""Name what can stand in the way of a PDF."""


class MissingFont(Exception):
    """Tell that no installed font has letters of these scripts, so that the text would come out as empty boxes."""

    def __init__(self, scripts: list[str]) -> None:
        """Keep the English names of the scripts, in alphabetical order."""
        self.scripts = tuple(sorted(scripts))
        super().__init__(f"No installed font covers: {', '.join(self.scripts)}.")
