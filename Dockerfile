# The app in a container: docker build -t hebei2025 . && docker run --rm -p 127.0.0.1:8501:8501 hebei2025
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/hebei2025 \
    && /opt/hebei2025/bin/pip install --no-cache-dir --constraint constraints.txt ".[all]"

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 hebei2025 \
    && install --directory --owner hebei2025 /home/hebei2025/.cache
COPY --from=build /opt/hebei2025 /opt/hebei2025
USER hebei2025
WORKDIR /home/hebei2025
ENV PATH="/opt/hebei2025/bin:$PATH" HEBEI2025_CACHE=/home/hebei2025/.cache/hebei2025
EXPOSE 8501
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health')"]
# All interfaces inside the container only; which of the host's are published is said by `docker run -p`.
CMD ["hebei2025", "app", "--headless", "--host", "0.0.0.0", "--port", "8501"]
