package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void colourIsForThoseWhoHaveNotRefusedIt() {
        assertThat(Terminal.allowsColour(Map.of("TERM", "xterm-256color"))).isTrue();
        assertThat(Terminal.allowsColour(Map.of())).isTrue();
        assertThat(Terminal.allowsColour(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.allowsColour(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.allowsColour(Map.of("TERM", "dumb"))).isFalse();
    }
}
