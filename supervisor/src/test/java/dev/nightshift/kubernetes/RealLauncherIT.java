package dev.nightshift.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** The launcher's contract on a cluster of the user's, whose own controllers and kubelets play their parts. */
class RealLauncherIT extends LauncherContract {

    private static final Optional<String> KUBECONFIG = Optional.ofNullable(System.getenv(RealJobCluster.KUBECONFIG));

    @BeforeAll
    static void needs_a_cluster() {
        if (KUBECONFIG.isEmpty()) {
            System.out.println("no real cluster is tested: " + RealJobCluster.KUBECONFIG
                    + "=FILE names a kubeconfig that may make namespaces");
        }
        assumeTrue(KUBECONFIG.isPresent(), "no " + RealJobCluster.KUBECONFIG);
    }

    @Override
    JobCluster cluster() {
        return new RealJobCluster(KUBECONFIG.orElseThrow());
    }
}
