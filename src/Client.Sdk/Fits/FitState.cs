namespace TopicGrpc.Client.Fits;

/// <summary>Life of a fit.</summary>
public enum FitState
{
    /// <summary>A state that this client does not know.</summary>
    Unknown = 0,

    /// <summary>In the queue.</summary>
    Queued,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Canceled by a call, not stopped yet.</summary>
    Cancelling,

    /// <summary>The version is durable and ready.</summary>
    Succeeded,

    /// <summary>Failed, without a version.</summary>
    Failed,

    /// <summary>Canceled, without a version.</summary>
    Cancelled,
}
