package io.stompbox.cli.shell;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the arguments ask for, but for the connection.
 *
 * @param script a file with commands; null for those that are typed or come from standard input
 * @param format how messages are shown
 * @param folder where files that come with messages are saved; null saves none
 * @param silence how long no message may come before a script has ended
 * @param limit how long to wait for each answer
 */
record ShellPlan(
    @Nullable Path script,
    MessageFormat format,
    @Nullable Path folder,
    Duration silence,
    Duration limit) {}
