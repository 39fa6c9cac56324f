package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "255.255.255.255",
                "0.0.0.0",
                "2001:db8::1",
                "::",
                "2001:DB8:0:0:0:0:0:1",
                "::ffff:192.0.2.1"
            })
    void addresses_are_taken(String text) {
        assertThat(SourceAddress.isAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AWS Internal",
                "ec2.amazonaws.com",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.4:80",
                "[2001:db8::1]",
                "2001:db8::1::2",
                "fe80::1%eth0",
                ":",
                "cafe",
                "1.2.3.4, 5.6.7.8",
                "12345"
            })
    void anything_else_is_not(String text) {
        assertThat(SourceAddress.isAddress(text)).isFalse();
    }
}
