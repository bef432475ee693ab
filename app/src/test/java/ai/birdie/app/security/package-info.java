/** What must not happen, whoever tries: docs/reference/security.md names each of these tests. */
@NullMarked
package ai.birdie.app.security;

import org.jspecify.annotations.NullMarked;
