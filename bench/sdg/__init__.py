"""How well guesses at the Sustainable Development Goals agree with what people say a text is about."""
