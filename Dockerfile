# docker build -t cloverwatch .
#
# SERDE=confluent puts Confluent's own serializer into the image and selects it; the build then needs Confluent's Maven
# repository. SERDE=builtin does without: docker build --build-arg SERDE=builtin -t cloverwatch .
ARG SERDE=confluent

FROM eclipse-temurin:17-jdk-noble AS build
ARG SERDE
WORKDIR /build
COPY . .
RUN case "$SERDE" in \
      confluent) profile=-Pconfluent ;; \
      builtin) profile= ;; \
      *) echo "SERDE: expected confluent or builtin, got $SERDE" >&2; exit 2 ;; \
    esac; \
    ./mvnw -B -ntp -DskipTests $profile package

FROM eclipse-temurin:17-jre-noble
ARG SERDE

# A fixed number, so that Kubernetes can tell that it is not root. The directories belong to it: a new volume takes its
# owner from the directory it is mounted on.
RUN groupadd --gid 10001 cloverwatch \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin cloverwatch \
    && install -d -o cloverwatch -g cloverwatch -m 0750 /var/lib/cloverwatch /etc/cloverwatch/secrets

COPY --from=build /build/target/cloverwatch.jar /opt/cloverwatch/cloverwatch.jar
COPY LICENSE /opt/cloverwatch/LICENSE
COPY docker/cloverwatch.properties /etc/cloverwatch/cloverwatch.properties

# Which serializer is inside is a property of the image, so it says so itself, whatever file is mounted. It wins over the file:
# builtin, which is always inside, is chosen with this variable.
ENV CLOVERWATCH_SCHEMA_REGISTRY_SERDE=${SERDE}

USER 10001:10001
VOLUME /var/lib/cloverwatch
EXPOSE 8080

# RocksDB keeps its memory outside the heap (cloverwatch.rocksdb.memory), hence not more than half. A process that is out of memory shall not linger.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/cloverwatch/cloverwatch.jar"]
CMD ["run", "--config", "/etc/cloverwatch/cloverwatch.properties"]
