package ai.birdie.workspace.statement;

import java.util.Optional;

/**
 * Why a statement failed, as its status tells.
 *
 * @param errorCode the API's word, such as {@code BAD_REQUEST}
 * @param message one that may be shown, without a stack trace
 * @param sqlState the five characters, where there are any
 */
public record Failure(String errorCode, String message, Optional<String> sqlState) {}
