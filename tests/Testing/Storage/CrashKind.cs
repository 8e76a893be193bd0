namespace TopicGrpc.Testing.Storage;

/// <summary>What a crash leaves of changes that were not flushed.</summary>
public enum CrashKind
{
    /// <summary>Everything: the process ended, the system did not.</summary>
    Keep,

    /// <summary>Nothing: power failed before the system wrote them.</summary>
    Lose,

    /// <summary>Some sectors of the content and some of the names: power failed while the system wrote them.</summary>
    Tear,
}
