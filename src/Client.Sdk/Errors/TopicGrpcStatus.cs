namespace TopicGrpc.Client.Errors;

/// <summary>Status of a call: the gRPC status codes, with their numbers.</summary>
public enum TopicGrpcStatus
{
    /// <summary>The call succeeded.</summary>
    Ok = 0,

    /// <summary>The server canceled the call. Cancellation by the caller is an <see cref="OperationCanceledException"/> instead.</summary>
    Cancelled = 1,

    /// <summary>The cause is unknown.</summary>
    Unknown = 2,

    /// <summary>The request is invalid in every state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>A named resource does not exist.</summary>
    NotFound = 5,

    /// <summary>The resource to create already exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller lacks the permission.</summary>
    PermissionDenied = 7,

    /// <summary>A queue or a quota is full.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the server does not allow the request.</summary>
    FailedPrecondition = 9,

    /// <summary>A concurrent change prevented the call.</summary>
    Aborted = 10,

    /// <summary>An offset or a page is out of range.</summary>
    OutOfRange = 11,

    /// <summary>The server does not know the method.</summary>
    Unimplemented = 12,

    /// <summary>An error inside the server.</summary>
    Internal = 13,

    /// <summary>No server could be reached or was ready.</summary>
    Unavailable = 14,

    /// <summary>Stored data is corrupt.</summary>
    DataLoss = 15,

    /// <summary>The caller is not authenticated.</summary>
    Unauthenticated = 16,
}
