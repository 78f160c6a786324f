"""How well repeats and campaign letters are told from what people wrote by themselves."""
