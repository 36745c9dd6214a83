"""The parts of reading a Word document; `articles.intake.docx` puts them together."""
