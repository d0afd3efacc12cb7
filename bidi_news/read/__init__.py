"""Sources of pages: bytes, text, HTML, JSON Lines, files and folders, all read into pages and documents."""

from bidi_news.read.documents import read_pages

__all__ = ["read_pages"]
