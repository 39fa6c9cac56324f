package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;

/** What a command reads and writes Avro with. */
final class ConfiguredSerde {

    private ConfiguredSerde() {}

    /** @throws ConfigurationException if the {@code schema.registry.} keys are of no use */
    static RecordSerde open(Configuration configuration) {
        try {
            return RecordSerdes.open(RegistrySettings.from(configuration.schemaRegistry()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }
}
