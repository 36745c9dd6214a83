"""The parts of reading a web page; `articles.intake.html` puts them together."""
