package dev.muster.blocks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for a key on P-256 that signs itself, for some names of this machine. The JDK reads certificates and has
 * no public way to make one; RFC 5280, section 4.1, in DER (X.690), is short enough to write.
 *
 * @param certificate for localhost and this machine's name
 * @param key of it
 */
record SelfSigned(X509Certificate certificate, PrivateKey key) {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VALID_DAYS = 365;

    /** ecdsa-with-SHA256, RFC 5758. */
    private static final byte[] ECDSA_WITH_SHA256 =
            der(SEQUENCE, der(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));

    private static final byte[] COMMON_NAME = der(0x06, bytes(0x55, 0x04, 0x03));
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = der(0x06, bytes(0x55, 0x1d, 0x11));
    private static final byte[] BASIC_CONSTRAINTS = der(0x06, bytes(0x55, 0x1d, 0x13));
    private static final byte[] TRUE = der(0x01, bytes(0xff));

    /**
     * Makes a new key and a certificate for localhost, 127.0.0.1, ::1 and another name, valid from an hour ago for a year.
     *
     * @param host a DNS name
     */
    static SelfSigned of(String host) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var body = body(host, pair.getPublic().getEncoded());
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body);
            var whole = der(SEQUENCE, body, ECDSA_WITH_SHA256, der(0x03, bytes(0), signature.sign()));
            var read = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
            return new SelfSigned((X509Certificate) read, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this JVM can't make a key on P-256; give --blocks-cert and --blocks-key", e);
        }
    }

    private static byte[] body(String host, byte[] publicKey) {
        var now = Instant.now();
        var name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text(0x0c, "muster blocks"))));
        var serial = new BigInteger(127, new SecureRandom()).add(BigInteger.ONE);
        return der(
                SEQUENCE,
                der(0xa0, der(0x02, bytes(2))), // version 3
                der(0x02, serial.toByteArray()),
                ECDSA_WITH_SHA256,
                name,
                der(SEQUENCE, time(now.minus(1, ChronoUnit.HOURS)), time(now.plus(VALID_DAYS, ChronoUnit.DAYS))),
                name,
                publicKey,
                der(0xa3, der(SEQUENCE, basicConstraints(), names(host))));
    }

    /** An authority of its own, so that a client may be given this certificate as what it trusts. */
    private static byte[] basicConstraints() {
        return der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(0x04, der(SEQUENCE, TRUE)));
    }

    private static byte[] names(String host) {
        var names = new ArrayList<byte[]>();
        for (var dns : List.of("localhost", host)) {
            names.add(text(0x82, dns));
        }
        names.add(der(0x87, bytes(127, 0, 0, 1)));
        names.add(der(0x87, bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)));
        return der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(0x04, der(SEQUENCE, names.toArray(byte[][]::new))));
    }

    private static byte[] time(Instant when) {
        var form = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
        return text(0x18, form.format(when));
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length < 0x80) {
            all.write(length);
        } else if (length < 0x100) {
            all.writeBytes(bytes(0x81, length));
        } else {
            all.writeBytes(bytes(0x82, length >> 8, length & 0xff));
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
