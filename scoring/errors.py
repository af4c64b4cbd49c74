"""What can be wrong in a question, said in words that a reader can act on."""


class BadQuestion(ValueError):
    """A parameter that cannot be understood: which one, what was given, what is accepted. Answered by a 400."""

    def __init__(self, parameter: str, sentence: str) -> None:
        super().__init__(sentence)
        self.parameter = parameter
        self.sentence = sentence


class NotFound(LookupError):
    """A code that names nothing: a basin, an activity, a page of a list. Answered by a 404.

    `parameter` is the one that names it, "" when the address itself does.
    """

    def __init__(self, sentence: str, suggestions: tuple[tuple[str, str], ...] = (), parameter: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestions = suggestions
        self.parameter = parameter


class NoEdition(RuntimeError):
    """No edition is loaded: nothing can be answered. Answered by a 503."""
