# The web process alone: the database is another container, or another machine.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    FACTCHECK_STATIC_ROOT=/app/static

RUN useradd --system --uid 10001 --home-dir /app factcheck
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

COPY manage.py ./
COPY factcheck factcheck
COPY articles articles
COPY templates templates
# Each file that comes in is read by a new process, which could not keep what it compiles.
RUN python -m compileall -q articles
# The key signs nothing here: collecting files only needs one to be set.
RUN FACTCHECK_SECRET_KEY=unused-while-building python manage.py collectstatic --no-input --verbosity 0

USER factcheck
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "factcheck.wsgi:application", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "--log-level", "warning"]
