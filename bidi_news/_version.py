"""The version of the code; the data has one of its own, in data/manifest.toml."""

__version__ = "0.1.0"
