package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The index beside a map of the JDK: whatever comes and goes, both find the same. */
class IndexPropertiesTest {
    @Property(tries = 500)
    void shouldFindWhatAMapFinds(@ForAll @Size(max = 400) List<@IntRange(max = 150) Integer> ids) {
        var bySeat = new ArrayList<byte[]>();
        var index = new Index(bySeat::get);
        Map<Integer, Integer> map = new HashMap<>();

        for (int id : ids) { // each comes when it is not there, and goes when it is
            var seat = map.remove(id);
            if (seat == null) {
                bySeat.add(bytes(id));
                map.put(id, bySeat.size() - 1);
                index.add(bySeat.size() - 1);
            } else {
                index.remove(seat);
            }
        }

        assertThat(index.size()).isEqualTo(map.size());
        for (int id = 0; id <= 150; id++) {
            assertThat(index.find(bytes(id))).isEqualTo(map.getOrDefault(id, Index.NONE));
        }
    }

    private static byte[] bytes(int id) {
        return ("engine-" + id).getBytes(StandardCharsets.US_ASCII);
    }
}
