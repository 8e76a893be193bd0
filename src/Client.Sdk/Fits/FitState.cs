namespace TopicGrpc.Client.Fits;

/// <summary>Life of a fit.</summary>
public enum FitState
{
    /// <summary>A state that this client does not know.</summary>
    Unknown = 0,

    /// <summary>Waiting for its turn.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Asked to stop.</summary>
    Cancelling,

    /// <summary>The version is durable and ready.</summary>
    Succeeded,

    /// <summary>It ended without a version.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}
