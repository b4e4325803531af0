"""Motivational interviewing and the staged, integrated treatment of co-occurring disorders."""

from ._mi_core import VERSION as __version__

__all__ = ["__version__"]
