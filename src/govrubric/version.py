"""The engine's own version, which every score card carries."""

__version__ = "0.1.0"
