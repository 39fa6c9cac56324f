package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    @Test
    void itIsThatOfFips180() {
        assertThat(Sha256.hex("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.hex("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void textIsTakenInUtf8() {
        assertThat(Sha256.hex("Ünï")).isEqualTo("216999f2898ef2f6f5514c9966e633a6224e147925670b4a0461ac6036b37df4");
    }

    @Test
    void partsAreTakenOneAfterTheOther() {
        byte[] parts = Sha256.of(ascii("a"), ascii(""), ascii("bc"));

        assertThat(HexFormat.of().formatHex(parts)).isEqualTo(Sha256.hex("abc"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
