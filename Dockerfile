# One image for web, worker and scheduler; docker-compose.yml says which of them a container is.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --system --create-home --uid 10001 erekon \
    && mkdir -p /app /srv/erekon/media \
    && chown -R erekon: /app /srv/erekon
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY --chown=erekon:erekon . .
USER erekon

# The key only lets the settings load while the static files are gathered; it is in no layer's environment.
RUN SECRET_KEY=only-while-the-image-is-built-0000000000000 MEDIA_ROOT=/srv/erekon/media python manage.py collectstatic --noinput --verbosity 0

ENV MEDIA_ROOT=/srv/erekon/media PORT=8000
EXPOSE 8000
VOLUME ["/srv/erekon"]
STOPSIGNAL SIGTERM
CMD ["python", "manage.py", "serve"]
