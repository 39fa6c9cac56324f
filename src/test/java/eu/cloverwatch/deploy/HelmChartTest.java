package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelmChartTest extends RenderedChart {

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

    /** How a key is changed: docs/pseudonyms.md. */
    @Test
    void allInstancesCanBeStopped() {
        YamlNode stopped = only(render(MINIMAL + "replicas: 0"), "StatefulSet");

        assertThat(stopped.at("spec", "replicas").value()).isEqualTo(0);
    }

    private String checksum(String values) {
        return only(render(values), "StatefulSet")
                .at("spec", "template", "metadata", "annotations", "checksum/config")
                .text();
    }
}
