namespace TopicGrpc.Testing.ObjectStore;

/// <summary>How <see cref="S3Stub"/> fails one request.</summary>
public enum S3Fault
{
    /// <summary>Answers 403.</summary>
    Reject,

    /// <summary>Answers 503 and stores nothing.</summary>
    Unavailable,

    /// <summary>Serves the request and answers 500.</summary>
    FailAfterStoring,

    /// <summary>Closes the connection before the answer, or in the middle of its content.</summary>
    Cut,

    /// <summary>Stores or returns one altered byte.</summary>
    Alter,

    /// <summary>Does not answer until the client leaves.</summary>
    Hang,
}
