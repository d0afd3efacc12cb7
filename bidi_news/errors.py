"""Every exception and warning that this package raises.

One root, :class:`BidiNewsError`, so that a caller can catch all of them. Messages are lower case and name the
value, the place and the next step.

Example:
    >>> from bidi_news.errors import AmbiguousDateError, BidiNewsError
    >>> issubclass(AmbiguousDateError, BidiNewsError)
    True
"""

from __future__ import annotations

__all__ = [
    "AmbiguousDateError",
    "BidiNewsError",
    "BidiNewsWarning",
    "DataFileError",
    "DateParseError",
    "EngineError",
    "LimitError",
    "MissingExtraError",
    "OptionError",
    "SourceError",
    "SpanError",
]


class BidiNewsError(Exception):
    """Root of every error of this package."""


class BidiNewsWarning(UserWarning):
    """Root of every warning of this package."""


class OptionError(BidiNewsError, ValueError):
    """An option has a value that it cannot have."""


class SpanError(BidiNewsError, ValueError):
    """A span does not fit the text, or spans overlap that must not."""


class SourceError(BidiNewsError):
    """A source of pages cannot be read.

    Attributes:
        source: name of the file or stream, as the user gave it.
        line: line number in it, from 1, or None where the whole source is meant.
    """

    def __init__(self, message: str, *, source: str, line: int | None = None) -> None:
        """Keep the place beside the message."""
        self.source = source
        self.line = line
        where = source if line is None else f"{source}, line {line}"
        super().__init__(f"{where}: {message}")


class LimitError(SourceError):
    """A source goes past a limit: it is larger, packed tighter or nested deeper than :class:`bidi_news.options.Limits`.

    Attributes:
        limit: name of the limit, as in ``page_bytes``.
    """

    def __init__(self, message: str, *, source: str, limit: str) -> None:
        """Keep the name of the limit."""
        self.limit = limit
        super().__init__(f"{message} (limit {limit})", source=source)


class EngineError(BidiNewsError):
    """An engine gave some work up: its worker was lost too often, or the work failed."""


class DataFileError(BidiNewsError, ValueError):
    """A data file (lexicon, outlet profile, style, model …) is missing or malformed.

    Attributes:
        path: name of the file.
        line: line number, from 1, or None.
        column: name of the column or key, or None.
    """

    def __init__(self, message: str, *, path: str, line: int | None = None, column: str | None = None) -> None:
        """Keep the place beside the message."""
        self.path = path
        self.line = line
        self.column = column
        where = path + (f", line {line}" if line is not None else "") + (f", {column}" if column is not None else "")
        super().__init__(f"{where}: {message}")


class DateParseError(BidiNewsError, ValueError):
    """A string is not a timestamp that the grammar knows."""


class AmbiguousDateError(DateParseError):
    """The evidence does not decide between several readings of a timestamp.

    Attributes:
        candidates: every reading, as ISO 8601.
    """

    def __init__(self, message: str, *, candidates: tuple[str, ...]) -> None:
        """Keep the readings beside the message."""
        self.candidates = candidates
        super().__init__(f"{message}: {' or '.join(candidates)}")


class MissingExtraError(BidiNewsError, ImportError):
    """A part of the package needs an extra that is not installed.

    Attributes:
        extra: name of the extra, as in ``pip install 'bidi_news[extra]'``.
    """

    def __init__(self, extra: str, what: str) -> None:
        """Say what needs the extra and how to get it."""
        self.extra = extra
        super().__init__(f"{what} needs an extra: pip install 'bidi_news[{extra}]'")
