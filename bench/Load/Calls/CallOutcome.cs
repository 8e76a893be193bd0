namespace TopicGrpc.Load.Calls;

/// <summary>What became of a call.</summary>
internal enum CallOutcome
{
    /// <summary>An answer came.</summary>
    Answered,

    /// <summary>The server would not take it: <c>RESOURCE_EXHAUSTED</c>.</summary>
    Refused,

    /// <summary>The deadline passed before an answer.</summary>
    Expired,

    /// <summary>The caller gave it up.</summary>
    Cancelled,

    /// <summary>Anything else.</summary>
    Failed,
}
