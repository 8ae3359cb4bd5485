"""Health content whose claims are cited, and a build that refuses to publish otherwise."""

__version__ = "0.1.0"
