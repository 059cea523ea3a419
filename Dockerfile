# PostgreSQL with the extension, for trying it: the official image, and what make install copies.
ARG PG_MAJOR=15
FROM rust:1-slim-bookworm AS rust

FROM postgres:${PG_MAJOR}-bookworm AS build
RUN apt-get update && \
    apt-get install -y --no-install-recommends build-essential ca-certificates libclang-dev postgresql-server-dev-$PG_MAJOR
COPY --from=rust /usr/local/cargo /usr/local/cargo
COPY --from=rust /usr/local/rustup /usr/local/rustup
ENV CARGO_HOME=/usr/local/cargo RUSTUP_HOME=/usr/local/rustup PATH=/usr/local/cargo/bin:$PATH
COPY . /source
RUN make -C /source && make -C /source install DESTDIR=/installed

FROM postgres:${PG_MAJOR}-bookworm
COPY --from=build /installed/ /
