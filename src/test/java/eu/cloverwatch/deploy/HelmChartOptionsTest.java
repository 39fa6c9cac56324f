package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How memory is shared out, which serde is used, and who may connect. */
class HelmChartOptionsTest extends RenderedChart {

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
    void theSerdeOfTheImageIsUsedUnlessAnotherIsAskedFor() throws IOException {
        assertThat(serde(render(MINIMAL))).isEqualTo(RegistrySettings.Serde.CONFLUENT);
        assertThat(serde(render(MINIMAL + "config: {schema.registry.serde: builtin}")))
                .isEqualTo(RegistrySettings.Serde.BUILTIN);
    }

    private RegistrySettings.Serde serde(List<YamlNode> objects) throws IOException {
        return RegistrySettings.from(configuration(objects).schemaRegistry()).serde();
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
}
