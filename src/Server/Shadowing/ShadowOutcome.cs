namespace TopicGrpc.Server.Shadowing;

/// <summary>What became of a copy.</summary>
internal enum ShadowOutcome
{
    /// <summary>Both versions answered the same topic.</summary>
    Agreed,

    /// <summary>They answered topics that do not agree.</summary>
    Disagreed,

    /// <summary>Too many copies waited.</summary>
    Dropped,

    /// <summary>The shadow version could not answer.</summary>
    Failed,
}
