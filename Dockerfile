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
