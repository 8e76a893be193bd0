namespace TopicGrpc.Testing.Storage;

/// <summary>How a call of <see cref="MemoryStorage"/> fails.</summary>
public enum FaultKind
{
    /// <summary>
    /// The call reports an error and has no effect. A flush loses what it should have written, although reads still show it.
    /// </summary>
    Error,

    /// <summary>The call reports an error after it had its effect; a write stores only half of its bytes.</summary>
    Partial,

    /// <summary>The process ends during the call: this call and all that follow fail until the restart.</summary>
    Crash,
}
