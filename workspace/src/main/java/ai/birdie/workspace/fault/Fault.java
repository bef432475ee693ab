package ai.birdie.workspace.fault;

/**
 * A fault, as it is armed.
 *
 * @param kind what it is called
 * @param choice which calls it strikes
 * @param skip how many of them it lets pass first
 * @param times how many it strikes then; {@link Long#MAX_VALUE} for all
 * @param effect what it does to them
 */
public record Fault(Kind kind, Choice choice, long skip, long times, Effect effect) {}
