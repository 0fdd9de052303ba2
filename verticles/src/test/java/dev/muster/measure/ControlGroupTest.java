package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.measure.ControlGroup.Cpu;
import dev.muster.measure.ControlGroup.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as kernels wrote them, under a root of their own. */
class ControlGroupTest {
    private static final String SECOND_MOUNT =
            "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n";

    private static final String SECOND_STAT = """
            usage_usec 12345678
            user_usec 12000000
            system_usec 345678
            nice_usec 0
            nr_periods 812
            nr_throttled 401
            throttled_usec 20123456
            nr_bursts 0
            burst_usec 0
            """;

    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void process(String mounts, String groups) throws IOException {
        file("proc/self/mountinfo", "22 28 0:21 / /proc rw - proc proc rw\n" + mounts);
        file("proc/self/cgroup", groups);
    }

    private @Nullable Cpu cpu() {
        return ControlGroup.ofProcess(root).orElseThrow().cpu();
    }

    @Test
    @Tag("smoke")
    void shouldReadAContainerOfTheSecondVersion() throws IOException {
        process(SECOND_MOUNT, "0::/\n");
        file("sys/fs/cgroup/cpu.stat", SECOND_STAT);
        file("sys/fs/cgroup/cpu.max", "50000 100000\n");
        file("sys/fs/cgroup/memory.max", "268435456\n");

        assertThat(cpu()).isEqualTo(new Cpu(Version.V2, 12.345678, 0.5, 812, 401, 20.123456));
        assertThat(ControlGroup.ofProcess(root).orElseThrow().memoryLimit()).isEqualTo(268_435_456);
        assertThat(CpuLimit.ofGroup(root)).hasValue(0.5);
    }

    @Test
    void shouldTakeTheLowestLimitAndItsThrottlingFromTheGroupsAboveInTheSecondVersion() throws IOException {
        process(SECOND_MOUNT, "0::/user.slice/app\n");
        file("sys/fs/cgroup/cpu.stat", "usage_usec 999999999\n");
        file("sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n");
        file("sys/fs/cgroup/user.slice/cpu.stat", SECOND_STAT);
        file("sys/fs/cgroup/user.slice/app/cpu.max", "max 100000\n");
        file("sys/fs/cgroup/user.slice/app/cpu.stat", "usage_usec 1000000\nnr_periods 0\nnr_throttled 0\n");

        assertThat(cpu()).isEqualTo(new Cpu(Version.V2, 1, 1.5, 812, 401, 20.123456));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"max 100000, none", "50000 100000, 0.5", "250000 100000, 2.5", "'', none"})
    void shouldReadALimitOfTheSecondVersion(String cpuMax, @Nullable Double limit) throws IOException {
        process(SECOND_MOUNT, "0::/\n");
        file("sys/fs/cgroup/cpu.stat", SECOND_STAT);
        if (!cpuMax.isEmpty()) {
            file("sys/fs/cgroup/cpu.max", cpuMax + "\n");
        }

        assertThat(cpu()).isNotNull().extracting(Cpu::limit).isEqualTo(limit);
    }

    /** Its own group is mounted, while it sees the path that the host has for it. */
    @Test
    void shouldReadAContainerOfTheFirstVersion() throws IOException {
        var path = "/kubepods/burstable/pod12/34ab";
        process(
                "41 31 0:31 " + path + " /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n" + "42 31 0:35 "
                        + path + " /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
                "4:memory:" + path + "\n3:cpu,cpuacct:" + path + "\n0::/\n");
        file("sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "2500000000\n");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "20000\n");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.stat", "nr_periods 70\nnr_throttled 60\nthrottled_time 4800000000\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(cpu()).isEqualTo(new Cpu(Version.V1, 2.5, 0.2, 70, 60, 4.8));
        assertThat(ControlGroup.ofProcess(root).orElseThrow().memoryLimit())
                .as("what the kernel shows for no limit")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"-1, none", "500, 0.005", "150000, 1.5"})
    void shouldReadALimitOfTheFirstVersionOnASystemThatHasBoth(String quota, @Nullable Double limit)
            throws IOException {
        process("""
                32 31 0:30 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
                33 31 0:31 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
                41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
                """, "2:cpuacct:/mine\n1:cpu:/mine\n0::/\n");
        file("sys/fs/cgroup/unified/cpu.stat", SECOND_STAT);
        file("sys/fs/cgroup/cpuacct/mine/cpuacct.usage", "1000000000\n");
        file("sys/fs/cgroup/cpu/mine/cpu.cfs_quota_us", quota + "\n");
        file("sys/fs/cgroup/cpu/mine/cpu.cfs_period_us", "100000\n");
        file("sys/fs/cgroup/cpu/mine/cpu.stat", "nr_periods 3\nnr_throttled 2\nthrottled_time 1\n");

        assertThat(cpu()).isEqualTo(new Cpu(Version.V1, 1, limit, 3, 2, 1e-9));
    }

    @Test
    void shouldNotTellAnUnknownUseOfTheFirstVersionAsNone() throws IOException {
        process("32 31 0:30 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n", "1:cpu:/mine\n");
        file("sys/fs/cgroup/cpu/mine/cpu.stat", "nr_periods 3\nnr_throttled 2\nthrottled_time 1\n");

        assertThat(cpu()).isNull();
    }

    @Test
    void shouldFindNothingWithoutControlGroups() throws IOException {
        assertThat(ControlGroup.ofProcess(root)).isEmpty();
        assertThat(CpuLimit.ofGroup(root)).isEmpty();

        process("", "0::/\n");

        assertThat(ControlGroup.ofProcess(root)).isEmpty();
        assertThat(CpuLimit.processors()).isPositive();
    }

    @Test
    void shouldTolerateFilesThatHoldNoNumber() throws IOException {
        process(SECOND_MOUNT, "0::/\n");
        file("sys/fs/cgroup/cpu.max", "rubbish\n");

        assertThat(cpu()).isNull();
        assertThat(CpuLimit.ofGroup(root)).isEmpty();
    }

    @Test
    void shouldPreferThePressureOfTheGroupToThatOfTheMachine() throws IOException {
        process(SECOND_MOUNT, "0::/\n");
        file("proc/pressure/cpu", """
                some avg10=24.38 avg60=6.94 avg300=7.48 total=11207900828
                full avg10=0.00 avg60=0.00 avg300=0.00 total=0
                """);

        assertThat(Pressure.ofCpu(root))
                .hasValue(new Pressure(Pressure.Scope.MACHINE, 24.38, 6.94, 7.48, 11_207.900828));

        file("sys/fs/cgroup/cpu.pressure", "some avg10=1.50 avg60=0.00 avg300=0.25 total=2500000\n");

        assertThat(Pressure.ofCpu(root)).hasValue(new Pressure(Pressure.Scope.GROUP, 1.5, 0, 0.25, 2.5));
    }

    @Test
    void shouldHaveNoPressureWhereTheKernelHasNone() throws IOException {
        process(SECOND_MOUNT, "0::/\n");

        assertThat(Pressure.ofCpu(root)).isEmpty();
    }

    @Test
    void shouldSeeTheGroupOfThisProcess() {
        var first = ControlGroup.ofProcess().map(ControlGroup::cpu);
        if (first.isEmpty()) {
            return; // another system than Linux
        }
        new CpuBurn().burn(50_000_000, () -> false);

        var used = ControlGroup.ofProcess().orElseThrow().cpu();

        assertThat(used).isNotNull();
        assertThat(used.usedSeconds() - first.get().usedSeconds()).isGreaterThan(0.049);
        assertThat(used.usedSeconds()).isCloseTo(first.get().usedSeconds(), within(100.0));
    }
}
