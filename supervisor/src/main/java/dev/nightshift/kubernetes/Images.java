package dev.nightshift.kubernetes;

import dev.nightshift.kubernetes.Replicas.Seen;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.fabric8.kubernetes.api.model.Container;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which container of a workload gets which image. */
final class Images {

    /** Stands for the only container there is. */
    private static final String ONLY = "";

    private Images() {}

    /** Of that workload, by container; the empty name is its only one. */
    static Map<String, String> of(Map<String, String> images, Workload workload) {
        Map<String, String> own = new LinkedHashMap<>();
        images.forEach((what, image) -> {
            if (what.equals(workload.toString())) {
                own.put(ONLY, image);
            } else if (what.startsWith(workload + "/")) {
                own.put(what.substring(workload.toString().length() + 1), image);
            }
        });
        return own;
    }

    /** The same with every container by its name. */
    static Map<String, String> named(Map<String, String> wanted, Seen seen, String where) {
        List<String> names = seen.containers().stream().map(Container::getName).toList();
        Map<String, String> named = new LinkedHashMap<>();
        wanted.forEach((container, image) -> {
            boolean known = container.equals(ONLY) ? names.size() == 1 : names.contains(container);
            if (!known) {
                throw new Permanent(new Explanation(
                        where + " has the containers " + String.join(", ", names)
                                + (container.equals(ONLY) ? "" : ", and no " + container),
                        "giving it a new image",
                        "the image was not changed",
                        "name the container in `images` as KIND/NAME/CONTAINER"));
            }
            named.put(container.equals(ONLY) ? names.get(0) : container, image);
        });
        return named;
    }

    static Map<String, String> before(Collection<String> containers, Seen seen) {
        Map<String, String> before = new LinkedHashMap<>();
        seen.containers().stream()
                .filter(container -> containers.contains(container.getName()))
                .forEach(container -> before.put(container.getName(), container.getImage()));
        return before;
    }
}
