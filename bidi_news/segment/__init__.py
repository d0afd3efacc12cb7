"""What each line of a page is: features, the learned model, and the rules that refine it."""

from bidi_news.segment.labels import LABELS, Segments, label_lines

__all__ = ["LABELS", "Segments", "label_lines"]
