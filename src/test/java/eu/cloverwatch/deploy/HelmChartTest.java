package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelmChartTest {

    private static final Path CHART = Path.of("helm");
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String MINIMAL = """
            kafka: {bootstrapServers: "broker-1:9093,broker-2:9093"}
            schemaRegistry: {url: "https://registry:8081"}
            secret: {values: {pseudonym-key: %s}}
            """.formatted(KEY);

    @TempDir
    Path directory;

    @Test
    void theChartHasNoFaultThatHelmFinds() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void itsVersionIsTheProgramsOwn() {
        YamlNode chart = YamlNode.parse(ProjectFiles.read("helm/Chart.yaml"));

        assertThat(chart.at("appVersion").text())
                .isEqualTo(ProjectFiles.pom("version").replace("-SNAPSHOT", ""));
    }

    @Test
    void theProgramKnowsEverySettingInTheConfigMap() throws IOException {
        Configuration configuration = configuration(render(MINIMAL));

        assertThat(configuration.requireBootstrapServers()).isEqualTo("broker-1:9093,broker-2:9093");
        assertThat(RegistrySettings.from(configuration.schemaRegistry()).urls())
                .containsExactly(URI.create("https://registry:8081"));
        assertThat(configuration.requirePseudonymKey()).hasSize(32);
        assertThat(configuration.httpHost()).isEqualTo("0.0.0.0");
    }

    @Test
    void furtherSettingsArriveAsTheyWereWritten() throws IOException {
        Configuration configuration = configuration(render("""
                kafka: {bootstrapServers: "broker:9093"}
                schemaRegistry: {url: "http://registry"}
                secret: {values: {pseudonym-key: %s, kafka-password: 'p"\\1'}}
                pseudonymKey: {id: "2026"}
                http: {port: 9000}
                config:
                  kafka.security.protocol: SASL_SSL
                  kafka.sasl.jaas.config: |
                    Module required
                    password="${file:/etc/cloverwatch/secrets/kafka-password}";
                  kafka.ssl.truststore.location: 'C:\\trust'
                  streams.num.standby.replicas: "1"
                  cloverwatch.lookback: P14D
                  cloverwatch.topic.access-events: audit
                """.formatted(KEY)));

        assertThat(configuration.kafka())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "Module required\npassword=\"p\"\\1\";")
                .containsEntry("ssl.truststore.location", "C:\\trust");
        assertThat(configuration.streams()).isEqualTo(Map.of("num.standby.replicas", "1"));
        assertThat(configuration.lookback()).hasDays(14);
        assertThat(configuration.httpPort()).isEqualTo(9000);
        assertThat(configuration.pseudonymKeyId()).isEqualTo("2026");
    }

    @Test
    void theSerdeOfTheImageIsUsedUnlessAnotherIsAskedFor() throws IOException {
        assertThat(serde(render(MINIMAL))).isEqualTo(RegistrySettings.Serde.CONFLUENT);
        assertThat(serde(render(MINIMAL + "config: {schema.registry.serde: builtin}")))
                .isEqualTo(RegistrySettings.Serde.BUILTIN);
    }

    private RegistrySettings.Serde serde(List<YamlNode> objects) throws IOException {
        return RegistrySettings.from(configuration(objects).schemaRegistry()).serde();
    }

    @Test
    void portsPathsAndUserAgreeWithProgramAndImage() throws IOException {
        YamlNode pod = pod(render(MINIMAL));
        YamlNode container = pod.at("containers", 0);
        DockerImage image = new DockerImage();
        Configuration configuration = configuration(render(MINIMAL));

        assertThat(container.at("args").value()).isEqualTo(image.words("CMD"));
        assertThat(container.at("ports", 0, "containerPort").value()).isEqualTo(configuration.httpPort());
        assertThat(container
                        .items("volumeMounts")
                        .map(mount -> mount.at("mountPath").text()))
                .containsExactly(
                        configuration.stateDir().toString(),
                        image.words("CMD").get(2),
                        "/etc/cloverwatch/secrets",
                        "/tmp");
        YamlNode security = pod.at("securityContext");
        assertThat(security.at("runAsUser").text() + ":"
                        + security.at("runAsGroup").text())
                .isEqualTo(image.only("USER"));
    }

    @Test
    void podsAreConfinedAndProbed() {
        YamlNode pod = pod(render(MINIMAL));
        YamlNode container = pod.at("containers", 0);

        assertThat(pod.at("enableServiceLinks").value()).isEqualTo(false);
        assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
        assertThat(pod.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
        assertThat(container.at("securityContext", "readOnlyRootFilesystem").value())
                .isEqualTo(true);
        assertThat(container.at("securityContext", "allowPrivilegeEscalation").value())
                .isEqualTo(false);
        assertThat(container.at("livenessProbe", "httpGet", "path").text()).isEqualTo("/health/live");
        assertThat(container.at("startupProbe", "httpGet", "path").text()).isEqualTo("/health/live");
        assertThat(container.at("readinessProbe", "httpGet", "path").text()).isEqualTo("/health/ready");
    }

    @Test
    void everythingThatIsReferredToIsThere() {
        List<YamlNode> objects = render(MINIMAL);
        YamlNode set = only(objects, "StatefulSet");
        YamlNode pod = pod(objects);
        List<String> volumes = Stream.concat(
                        pod.items("volumes").map(volume -> volume.at("name").text()),
                        set.at("spec")
                                .items("volumeClaimTemplates")
                                .map(claim -> claim.at("metadata", "name").text()))
                .toList();

        assertThat(pod.at("containers", 0)
                        .items("volumeMounts")
                        .map(mount -> mount.at("name").text()))
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(set.at("spec", "serviceName").text()).isEqualTo(name(objects, "Service"));
        assertThat(pod.at("serviceAccountName").text()).isEqualTo(name(objects, "ServiceAccount"));
        assertThat(pod.at("volumes", 0, "configMap", "name").text()).isEqualTo(name(objects, "ConfigMap"));
        assertThat(pod.at("volumes", 1, "secret", "secretName").text()).isEqualTo(name(objects, "Secret"));
        Object labels = set.at("spec", "selector", "matchLabels").value();
        assertThat(only(objects, "Service").at("spec", "selector").value()).isEqualTo(labels);
        assertThat(only(objects, "PodDisruptionBudget")
                        .at("spec", "selector", "matchLabels")
                        .value())
                .isEqualTo(labels);
        assertThat(set.entries("spec").get("template").at("metadata").entries("labels"))
                .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/instance");
    }

    @Test
    void anExistingSecretIsMountedAndNoneIsMade() {
        List<YamlNode> objects = render("""
                kafka: {bootstrapServers: "broker:9093"}
                schemaRegistry: {url: "http://registry"}
                secret: {existing: my-secret}
                serviceAccount: {create: false}
                podDisruptionBudget: {enabled: false}
                metrics: {annotations: false}
                state: {size: 50Gi, storageClass: fast}
                replicas: 3
                image: {repository: registry.example/cloverwatch, tag: "1.2"}
                imagePullSecrets: [{name: pull}]
                nodeSelector: {disk: ssd}
                tolerations: [{key: dedicated, operator: Exists}]
                affinity: {nodeAffinity: {}}
                podLabels: {team: privacy}
                podAnnotations: {note: "yes"}
                """);

        assertThat(objects.stream().map(object -> object.at("kind").text()))
                .containsExactlyInAnyOrder("ConfigMap", "Service", "StatefulSet");
        YamlNode set = only(objects, "StatefulSet");
        YamlNode pod = pod(objects);
        assertThat(pod.at("volumes", 1, "secret", "secretName").text()).isEqualTo("my-secret");
        assertThat(pod.at("serviceAccountName").text()).isEqualTo("default");
        assertThat(pod.at("containers", 0, "image").text()).isEqualTo("registry.example/cloverwatch:1.2");
        assertThat(set.at("spec", "replicas").value()).isEqualTo(3);
        assertThat(set.at("spec", "volumeClaimTemplates", 0, "spec", "storageClassName")
                        .text())
                .isEqualTo("fast");
        assertThat(set.at("spec", "template", "metadata", "annotations").has("prometheus.io/scrape"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512Mi", "1500Mi", "8Gi"})
    void heapAndStoresLeaveAQuarterOfTheMemoryLimit(String limit) throws IOException {
        List<YamlNode> objects =
                render(limit.isEmpty() ? MINIMAL : MINIMAL + "resources: {limits: {memory: %s}}".formatted(limit));
        long all = bytes(pod(objects)
                .at("containers", 0, "resources", "limits", "memory")
                .text());
        long heap = all * new DockerImage().heapPercentage() / 100;
        long stores = configuration(objects).rocksDbMemory();

        assertThat(stores).isBetween(all / 4 - (1 << 20), all / 4);
        assertThat(all - heap - stores).isGreaterThanOrEqualTo(all / 4);
    }

    @Test
    void theMemoryOfTheStoresCanBeSetAndMustBeSetWhereItDoesNotFollow() throws IOException {
        assertThat(configuration(render(MINIMAL + "rocksdb: {memory: 1GiB}")).rocksDbMemory())
                .isEqualTo(1L << 30);
        assertThat(configuration(render(MINIMAL + "resources: {limits: null}")).rocksDbMemory())
                .isEqualTo(256L << 20);
        assertRefused(MINIMAL + "resources: {limits: {memory: 2G}}", "rocksdb.memory");
        assertRefused(MINIMAL + "rocksdb: {memory: 1Gi}", "rocksdb");
        assertRefused(MINIMAL + "config: {cloverwatch.rocksdb.memory: 1GiB}", "cloverwatch.rocksdb.memory");
    }

    /** A quantity of Kubernetes in Mi or Gi. */
    private static long bytes(String quantity) {
        return Long.parseLong(quantity.substring(0, quantity.length() - 2)) << (quantity.endsWith("Gi") ? 30 : 20);
    }

    @Test
    void whereAskedForOnlyThosePeersThatAreNamedMayConnect() {
        assertThat(render(MINIMAL).stream().map(object -> object.at("kind").text()))
                .doesNotContain("NetworkPolicy");
        List<YamlNode> objects = render(MINIMAL + """
                networkPolicy:
                  enabled: true
                  from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
                """);
        YamlNode rules = only(objects, "NetworkPolicy").at("spec");

        assertThat(rules.at("podSelector", "matchLabels").value())
                .isEqualTo(only(objects, "StatefulSet")
                        .at("spec", "selector", "matchLabels")
                        .value());
        assertThat(rules.at("policyTypes", 0).text()).isEqualTo("Ingress");
        assertThat(rules.at("ingress", 0, "from", 0, "namespaceSelector", "matchLabels", "name")
                        .text())
                .isEqualTo("monitoring");
        assertThat(rules.at("ingress", 0, "ports", 0, "port").text())
                .isEqualTo(pod(objects).at("containers", 0, "ports", 0, "name").text());
        assertThat(only(render(MINIMAL + "networkPolicy: {enabled: true}"), "NetworkPolicy")
                        .at("spec", "ingress")
                        .value())
                .as("nobody")
                .isEqualTo(List.of());
    }

    @Test
    void aChangedSettingMakesNewPods() {
        assertThat(checksum(MINIMAL)).isEqualTo(checksum(MINIMAL));
        assertThat(checksum(MINIMAL + "config: {cloverwatch.lookback: P1D}")).isNotEqualTo(checksum(MINIMAL));
    }

    @Test
    void valuesThatCannotWorkAreRefusedWithTheReason() {
        assertRefused("schemaRegistry: {url: x}\nsecret: {existing: s}", "kafka.bootstrapServers");
        assertRefused("kafka: {bootstrapServers: 'b:1'}\nsecret: {existing: s}", "schemaRegistry.url");
        assertRefused("kafka: {bootstrapServers: 'b:1'}\nschemaRegistry: {url: x}", "pseudonym-key");
        assertRefused(MINIMAL + "config: {kafka.bootstrap.servers: 'c:1'}", "kafka.bootstrap.servers");
        assertRefused(MINIMAL + "config: {bootstrap.servers: 'c:1'}", "bootstrap.servers");
        assertRefused(MINIMAL + "config: {streams.num.stream.threads: 2}", "string");
        assertRefused(MINIMAL + "replica: 2", "replica");
        assertRefused(MINIMAL.replace("{values", "{existing: s, values"), "not both");
    }

    private void assertRefused(String values, String reason) {
        assertThatThrownBy(() -> render(values)).hasMessageContaining(reason);
    }

    private String checksum(String values) {
        return only(render(values), "StatefulSet")
                .at("spec", "template", "metadata", "annotations", "checksum/config")
                .text();
    }

    private List<YamlNode> render(String values) {
        try {
            Path file = Files.writeString(directory.resolve("values.yaml"), values);
            return YamlNode.parseAll(new Helm(CHART)
                    .template()
                    .withName("watch")
                    .withKubeVersion("1.31.0")
                    .withValuesFile(file)
                    .call());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the program reads in the pod: the properties of the ConfigMap, the Secret as files, and variables. */
    private Configuration configuration(List<YamlNode> objects) throws IOException {
        for (Map.Entry<String, YamlNode> secret :
                only(objects, "Secret").entries("data").entrySet()) {
            Files.write(
                    directory.resolve(secret.getKey()),
                    Base64.getDecoder().decode(secret.getValue().text()));
        }
        String properties =
                only(objects, "ConfigMap").at("data", "cloverwatch.properties").text();
        Path file = Files.writeString(
                directory.resolve("cloverwatch.properties"),
                properties.replace("/etc/cloverwatch/secrets", directory.toString()));
        Map<String, String> environment = new HashMap<>(new DockerImage().environment());
        YamlNode container = pod(objects).at("containers", 0);
        if (container.has("env")) {
            container
                    .items("env")
                    .forEach(variable -> environment.put(
                            variable.at("name").text(), variable.at("value").text()));
        }
        return Configuration.load(file, environment, Map.of());
    }

    private static YamlNode pod(List<YamlNode> objects) {
        return only(objects, "StatefulSet").at("spec", "template", "spec");
    }

    private static String name(List<YamlNode> objects, String kind) {
        return only(objects, kind).at("metadata", "name").text();
    }

    private static YamlNode only(List<YamlNode> objects, String kind) {
        List<YamlNode> found = objects.stream()
                .filter(object -> object.at("kind").text().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }
}
