"""Know by which words texts speak of what comes up wherever people argue about public matters."""
