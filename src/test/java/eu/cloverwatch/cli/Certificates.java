package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A key and a certificate that it signed itself, as PEM files. */
record Certificates(Path key, Path certificate) {

    private static final String PASSWORD = "changeit";

    static Certificates make(String name, Path dir) throws Exception {
        Path store = dir.resolve(name + ".p12");
        keytool(
                dir,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=" + name + ",O=Example",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-validity",
                "30",
                "-keystore",
                store.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate(name);
        return new Certificates(
                Files.writeString(dir.resolve(name + ".key.pem"), pem("PRIVATE KEY", key.getEncoded())),
                Files.writeString(dir.resolve(name + ".crt.pem"), pem("CERTIFICATE", certificate.getEncoded())));
    }

    /** Both in one file, as a broker's key store. */
    Path together() throws Exception {
        Path file = key.resolveSibling("both-" + key.getFileName());
        return Files.writeString(file, Files.readString(key) + Files.readString(certificate));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    private static void keytool(Path dir, String... arguments) throws Exception {
        Path log = dir.resolve("keytool.log");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.concat(
                                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString()),
                                        Stream.of(arguments)),
                                List.of("-storetype", "PKCS12", "-storepass", PASSWORD).stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
