"""``python -m bidi_news`` is ``bidi-news``."""

from bidi_news.cli.main import run

if __name__ == "__main__":
    run()
