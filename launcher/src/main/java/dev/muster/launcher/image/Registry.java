package dev.muster.launcher.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.global.JibSystemProperties;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.OciIndexTemplate;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

/**
 * Where a name of an image leads to: takes the image, or one for each platform and the index that joins them. A registry
 * on this machine may do without TLS.
 */
final class Registry {
    private static final String THIS_MACHINE = "(localhost|127\\.[0-9.]+)(:[0-9]+)?";

    private final ImageName name;
    private final ImageReference reference;
    private final CredentialRetriever credentials;
    private final boolean isHere;

    /**
     * @param credentials looked up before each use
     */
    Registry(ImageName name, CredentialRetriever credentials) {
        this.name = name;
        this.reference = name.reference();
        this.credentials = credentials;
        this.isHere = reference.getRegistry().matches(THIS_MACHINE);
    }

    /** With the credentials of {@code docker login}. */
    static Registry of(ImageName name) {
        var login = CredentialRetrieverFactory.forImage(name.reference(), event -> {});
        return new Registry(name, login.dockerConfig());
    }

    /**
     * Pushes an image under the name; or each under the name of its platform, and then their index under the name, from
     * which every node takes the one for itself.
     *
     * @param told takes each name when it is pushed, with the platforms that are behind it
     * @throws StartException when the registry does not take them
     */
    void push(List<ImageWriter> images, BiConsumer<ImageName, List<Platform>> told) {
        if (isHere) {
            // Jib's only switch. Plain HTTP is refused for every other registry, and so are credentials over it.
            System.setProperty(JibSystemProperties.SEND_CREDENTIALS_OVER_HTTP, "true");
        }
        try {
            var digests = new EnumMap<Platform, DescriptorDigest>(Platform.class);
            for (var image : images) {
                var pushed = images.size() == 1 ? name : name.forPlatform(image.platform());
                digests.put(image.platform(), image.push(target(pushed)));
                told.accept(pushed, List.of(image.platform()));
            }
            if (images.size() > 1) {
                join(digests);
                told.accept(name, new ArrayList<>(digests.keySet()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while the image was pushed", e);
        } catch (IOException
                | RegistryException
                | CacheDirectoryCreationException
                | CredentialRetrievalException
                | ExecutionException e) {
            throw new StartException(RegistryFailure.line(reference, e), e);
        }
    }

    private Containerizer target(ImageName pushed) {
        var image = RegistryImage.named(pushed.reference()).addCredentialRetriever(credentials);
        return Containerizer.to(image).setAllowInsecureRegistries(isHere);
    }

    private void join(Map<Platform, DescriptorDigest> images)
            throws IOException, RegistryException, CredentialRetrievalException {
        var http = new FailoverHttpClient(isHere, isHere, event -> {});
        try {
            var client = client(http);
            var index = new OciIndexTemplate();
            for (var image : images.entrySet()) {
                var platform = image.getKey();
                index.addManifest(
                        manifest(client, image.getValue()),
                        name.forPlatform(platform).tag());
                index.getManifests().get(index.getManifests().size() - 1).setPlatform(platform.image(), "linux");
            }
            client.pushManifest(index, name.tag());
        } finally {
            http.shutDown();
        }
    }

    /** Logged in as Jib does it for the images: for a token where the registry has them, else by name and password. */
    private RegistryClient client(FailoverHttpClient http)
            throws IOException, RegistryException, CredentialRetrievalException {
        var factory =
                RegistryClient.factory(EventHandlers.NONE, reference.getRegistry(), reference.getRepository(), http);
        var credential = credentials.retrieve();
        credential.ifPresent(factory::setCredential);
        var client = factory.setUserAgent("muster").newRegistryClient();
        boolean hasToken = client.doPushBearerAuth();
        if (!hasToken && credential.filter(each -> !each.isOAuth2RefreshToken()).isPresent()) {
            client.configureBasicAuth();
        }
        return client;
    }

    /** What Jib pushed, with its size, which it does not tell: by writing again what the registry has. */
    private BlobDescriptor manifest(RegistryClient client, DescriptorDigest digest)
            throws IOException, RegistryException {
        var stored = client.pullManifest(digest.toString(), OciManifestTemplate.class);
        var descriptor = Digests.computeDigest(stored.getManifest());
        if (!descriptor.getDigest().equals(digest)) {
            throw new StartException(
                    ImageOptions.REGISTRY + ": " + reference.getRegistry() + " changed the manifest " + digest
                            + " that was pushed: push to a registry that keeps OCI manifests as they are",
                    null);
        }
        return descriptor;
    }
}
