namespace TopicGrpc.Client.Errors;

/// <summary>How a call ended; the gRPC status codes, with their numbers.</summary>
public enum TopicGrpcStatus
{
    /// <summary>It succeeded.</summary>
    Ok = 0,

    /// <summary>The server gave the call up; a caller's own cancellation is an <see cref="OperationCanceledException"/> instead.</summary>
    Cancelled = 1,

    /// <summary>The cause is not known.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>Something named in the request does not exist.</summary>
    NotFound = 5,

    /// <summary>What the request wants to create exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A queue or a quota is full.</summary>
    ResourceExhausted = 8,

    /// <summary>The server is not in the state the request needs.</summary>
    FailedPrecondition = 9,

    /// <summary>A concurrent change got in the way.</summary>
    Aborted = 10,

    /// <summary>An offset or page lies outside.</summary>
    OutOfRange = 11,

    /// <summary>The server does not know the method.</summary>
    Unimplemented = 12,

    /// <summary>A defect of the server.</summary>
    Internal = 13,

    /// <summary>No server could be reached, or it is not ready.</summary>
    Unavailable = 14,

    /// <summary>Stored data is damaged.</summary>
    DataLoss = 15,

    /// <summary>The caller did not say who it is.</summary>
    Unauthenticated = 16,
}
