/**
 * Secrets turn up nowhere, in none of the forms that {@link io.stompbox.checks.secrets.Canary} has.
 */
@NullMarked
package io.stompbox.checks.secrets;

import org.jspecify.annotations.NullMarked;
