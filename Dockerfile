# Nightshift in a container: any command, as a user without rights, with a read-only root and nothing but /tmp to write to.
#
#   mvn -q -DskipTests package && docker build -t nightshift .
#
# BASE is any Debian. Pin it by its digest, which `docker buildx imagetools inspect debian:12-slim` prints:
#   --build-arg BASE=debian:12-slim@sha256:…
# POSTGRESQL names the major versions of pg_dump that come along; each run takes the one that fits its server. Debian has one of
# them, all come from PostgreSQL's own repository (PGDG=yes). What BASE brings already is taken as it is, and with everything there
# the build needs no network.
ARG BASE=debian:12-slim
FROM ${BASE}

ARG JRE=openjdk-17-jre-headless
ARG POSTGRESQL="14 15 16 17 18"
ARG PGDG=yes

RUN set -eu; \
    missing=; \
    command -v java >/dev/null || missing="ca-certificates $JRE"; \
    for major in $POSTGRESQL; do \
        [ -x "/usr/lib/postgresql/$major/bin/pg_dump" ] || missing="$missing postgresql-client-$major"; \
    done; \
    if [ -n "$missing" ]; then \
        export DEBIAN_FRONTEND=noninteractive; \
        apt-get update; \
        if [ "$PGDG" = yes ]; then \
            apt-get install -y --no-install-recommends ca-certificates postgresql-common; \
            /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y; \
        fi; \
        apt-get install -y --no-install-recommends $missing; \
        rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*; \
    fi; \
    echo 'nightshift:x:10001:10001:Nightshift:/tmp:/usr/sbin/nologin' >>/etc/passwd; \
    echo 'nightshift:x:10001:' >>/etc/group

# What changes with every version comes last.
COPY supervisor/target/lib /opt/nightshift/supervisor/target/lib
COPY supervisor/target/nightshift-*.jar /opt/nightshift/supervisor/target/
COPY nightshift LICENSE /opt/nightshift/

# The launcher's first start archives the classes, for the JVM of this image; nothing can be written later.
RUN set -eu; \
    cd /opt/nightshift; \
    touch supervisor/target/built; \
    ./nightshift version; \
    test -s supervisor/target/cds/*.jsa; \
    chmod -R a+rX .; \
    rm -rf /tmp/*

ENV LANG=C.UTF-8 HOME=/tmp
USER 10001:10001
WORKDIR /tmp
# A shell script that becomes java: signals reach the JVM, which ends with 143 after SIGTERM.
ENTRYPOINT ["/opt/nightshift/nightshift"]
CMD ["--help"]
HEALTHCHECK NONE
