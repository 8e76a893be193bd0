namespace TopicGrpc.Load.Calls;

/// <summary>Outcome of a call.</summary>
internal enum CallOutcome
{
    /// <summary>The server answered.</summary>
    Answered,

    /// <summary>The server rejected the call with <c>RESOURCE_EXHAUSTED</c>.</summary>
    Rejected,

    /// <summary>The deadline expired.</summary>
    Expired,

    /// <summary>The caller canceled the call.</summary>
    Canceled,

    /// <summary>The call failed for another reason.</summary>
    Failed,
}
