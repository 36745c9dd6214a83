"""What the site stands on: settings, environment, database, server. It knows no domain words."""

__version__ = "0.1.0"
