package dev.muster.launcher.kubernetes;

import java.io.IOException;
import java.util.Optional;

/** Who tells what pods and nodes use. */
interface UsageSource {
    /** As it is now; empty when that can't be told yet, because it takes two looks. */
    Optional<Usage> look() throws IOException;
}
