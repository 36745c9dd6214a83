"""The parts of reading a PDF; `articles.intake.pdf` puts them together."""
