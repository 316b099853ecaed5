"""Aligning several wordings word by word, whatever their order."""

from __future__ import annotations
