namespace TopicGrpc.Server.Shadowing;

/// <summary>Outcome of a copy.</summary>
internal enum ShadowOutcome
{
    /// <summary>Both versions predicted the same topic.</summary>
    Agreed,

    /// <summary>The versions predicted different topics.</summary>
    Disagreed,

    /// <summary>The queue was full.</summary>
    Dropped,

    /// <summary>The shadow version could not answer.</summary>
    Failed,
}
