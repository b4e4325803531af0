"""Motivational interviewing and the staged, integrated treatment of co-occurring disorders."""

from . import _mi_core

__all__ = ["__version__"]

__version__ = _mi_core.VERSION
