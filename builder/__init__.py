"""Variorum: several articles about one event, every claim side by side, every quotation verified."""

__version__ = "0.1.0"
