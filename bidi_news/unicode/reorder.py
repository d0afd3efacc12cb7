"""Lines of Hebrew in the order of reading and in the order of display, and back with a proof.

:func:`display_order` is the Unicode Bidirectional Algorithm (UAX 9) of one line without explicit controls, brackets
as neutrals (before version 6.3): the lines of legacy pages. :func:`reading_order` undoes it; what it returns gives the
line that it was given when it is displayed again, so that nothing is guessed that the line does not allow.

The rules work on a string that has one letter for the bidi class of each character, so that each costs one pass of a
regular expression; all are linear.

Example:
    >>> display_order("שלום (בוקר) abc 12:30", right_to_left=True)
    'abc 12:30 (רקוב) םולש'
    >>> reading_order("abc 12:30 (רקוב) םולש")
    'שלום (בוקר) abc 12:30'
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["display_order", "reading_order"]

# Bidi classes that the rules tell apart, one letter each: L, R, European and Arabic numbers, their separators and
# terminators, marks; the rest is neutral.
_LETTER: Final = {"L": "L", "R": "R", "AL": "R", "EN": "E", "AN": "N", "ES": "S", "CS": "C", "ET": "T", "NSM": "M"}
_NEUTRAL: Final = "W"
_MIRRORED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")  # noqa: RUF001  (those that code pages have)

_MARKS: Final = re.compile("(.)M+")  # W1
_SEPARATOR: Final = re.compile("(?<=E)[SC](?=E)|(?<=N)C(?=N)")  # W4
_TERMINATORS: Final = re.compile("T+(?=E)|(?<=E)T+")  # W5
_AFTER_LATIN: Final = re.compile("L[^R]*")  # W7
_NEUTRALS: Final = re.compile("(?<=L)W+(?=L)|(?<=[REN])W+(?=[REN])")  # N1
_RIGHT_RUN: Final = re.compile("[REN]+")
_NUMBER: Final = re.compile("[EN]+")
_LEFT_RUN: Final = re.compile("[LEN]+")


class _Classes(dict[int, str]):
    """The letter of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = _LETTER.get(unicodedata.bidirectional(chr(code)), _NEUTRAL)
        return self[code]


_CLASSES: Final = _Classes()


def display_order(line: str, *, right_to_left: bool) -> str:
    """Return a line as it is shown, from left to right.

    Args:
        line: one line in reading order, without bidi controls.
        right_to_left: direction of its paragraph.

    Example:
        >>> display_order("על 3 דגים", right_to_left=True)
        'םיגד 3 לע'
    """
    classes = _resolved(line, base="R" if right_to_left else "L")
    if right_to_left:
        return _turned(line, classes, _LEFT_RUN)
    pieces, done = [], 0
    for run in _RIGHT_RUN.finditer(classes):
        pieces += [line[done : run.start()], _turned(line[run.start() : run.end()], run[0], _NUMBER)]
        done = run.end()
    return "".join((*pieces, line[done:]))


def reading_order(line: str) -> str | None:
    """Return the line that is shown as ``line``, in reading order; None if no reading could be proven.

    The direction of the paragraph is that of most letters; where it gives no reading, the other one is tried. Outer
    white space stays where it is.

    Example:
        >>> reading_order("ב abc םולש 12"), reading_order("plain")
        ('12 שלום abc ב', 'plain')
    """
    classes = line.translate(_CLASSES)
    if "R" not in classes:
        return line
    core = line.strip()
    hebrew_first = 2 * classes.count("R") >= classes.count("L")
    for right_to_left in (hebrew_first, not hebrew_first):
        # The algorithm is nearly its own inverse; the proof is what decides.
        found = display_order(core, right_to_left=right_to_left)
        if display_order(found, right_to_left=right_to_left) == core:
            start = len(line) - len(line.lstrip())
            return line[:start] + found + line[start + len(core) :]
    return None


def _resolved(line: str, base: str) -> str:
    """Return the direction of each character: L or R, or E and N for numbers in right-to-left text."""
    classes = base + line.translate(_CLASSES) + base
    classes = _MARKS.sub(lambda run: run[1] * len(run[0]), classes)
    classes = _SEPARATOR.sub(lambda one: classes[one.start() - 1], classes)
    classes = _TERMINATORS.sub(lambda run: "E" * len(run[0]), classes)
    classes = re.sub("[STC]", _NEUTRAL, classes)
    classes = _AFTER_LATIN.sub(lambda run: run[0].replace("E", "L"), classes)
    classes = _NEUTRALS.sub(lambda run: ("L" if run.string[run.start() - 1] == "L" else "R") * len(run[0]), classes)
    return classes[1:-1].replace(_NEUTRAL, base)


def _turned(line: str, classes: str, kept: re.Pattern[str]) -> str:
    """Return a line backwards, its brackets mirrored, but some runs of it forwards."""
    pieces, end = [], len(line)
    for run in reversed(list(kept.finditer(classes))):
        pieces += [_backwards(line[run.end() : end]), line[run.start() : run.end()]]
        end = run.start()
    return "".join((*pieces, _backwards(line[:end])))


def _backwards(text: str) -> str:
    """Return text backwards with its brackets mirrored."""
    return text[::-1].translate(_MIRRORED)
