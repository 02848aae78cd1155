# The runtime image: Telepresence's client and our program, which is the main process of sessions and keepers.
ARG TELEPRESENCE_IMAGE=ghcr.io/telepresenceio/telepresence:2.31.2
FROM $TELEPRESENCE_IMAGE AS official-client
FROM docker:28-cli AS docker

# The official client's file has the capability to bind low ports. In a session, which lacks it, the kernel would refuse
# to start such a file. A plain copy leaves capabilities behind.
FROM debian:bookworm-slim AS client
COPY --from=official-client /usr/local/bin/telepresence /official
RUN cp /official /telepresence

FROM debian:bookworm-slim AS runtime
RUN apt-get update -q \
    && apt-get install -yq --no-install-recommends bash ca-certificates iptables lftp procps sshfs \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
COPY --from=docker /usr/local/bin/docker /usr/local/bin/docker
COPY --from=docker /usr/local/libexec/docker/cli-plugins/docker-compose /usr/local/libexec/docker/cli-plugins/docker-compose
# It comes from Alpine and may need its loader, which is its C library too. Where there is none the pattern matches
# nothing, which is right for a client that is linked statically.
COPY --from=official-client /lib/ld-musl-*.so.1 /lib/
COPY --from=client /telepresence /usr/local/lib/kde-tp/telepresence
COPY cli-plugin/runtime /usr/local/bin
ARG TARGETARCH
COPY dist/linux-$TARGETARCH/kde-tp /usr/local/bin/kde-tp
LABEL org.opencontainers.image.title="kde-tp runtime" \
      org.opencontainers.image.source="https://github.com/kde-tp/kde-tp" \
      org.opencontainers.image.licenses="Apache-2.0"
ENTRYPOINT ["kde-tp"]

# What Docker Desktop installs: the page, and the program for the computer that it runs on, which starts containers of the
# very image. `npm run release:dry` makes what is copied here.
FROM runtime AS extension
COPY metadata.json docker-extension/kde-tp.svg /
COPY dist/ui /ui
ARG TARGETARCH
COPY dist/darwin-$TARGETARCH/kde-tp /host/darwin/kde-tp
COPY dist/windows-$TARGETARCH/kde-tp.exe /host/windows/kde-tp.exe
LABEL org.opencontainers.image.title="kde-tp" \
      org.opencontainers.image.description="Your project's container in the place of a workload of a Kubernetes cluster, by Telepresence" \
      org.opencontainers.image.vendor="kde-tp" \
      com.docker.desktop.extension.api.version=">= 0.4.2" \
      com.docker.desktop.extension.icon="https://raw.githubusercontent.com/kde-tp/kde-tp/main/docker-extension/kde-tp.svg" \
      com.docker.extension.screenshots="[]" \
      com.docker.extension.detailed-description="See which workloads of a cluster are led to this computer, by whom and whether they are healthy; attach and leave them in four modes; read their environment and logs." \
      com.docker.extension.publisher-url="https://github.com/kde-tp" \
      com.docker.extension.additional-urls="[{\"title\":\"Guide\",\"url\":\"https://github.com/kde-tp/kde-tp/tree/main/docs/guide\"}]" \
      com.docker.extension.categories="kubernetes,networking,cloud-development" \
      com.docker.extension.changelog="See the releases of the repository."
