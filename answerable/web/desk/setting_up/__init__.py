"""Setting up a consultation: facts, conveners, texts, sessions, documents, publication."""
