using Grpc.Core;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Errors;

/// <summary>A fault that is reported to the caller: status, machine-readable reason and details. Any other exception is a defect.</summary>
internal sealed class ServiceException(StatusCode code, string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Status of the call.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>One of <see cref="Shared.ErrorReasons"/>.</summary>
    public string Reason { get; } = reason;

    /// <summary>Machine-readable values of the message.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Broken rules of fields.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>Whether the caller was not allowed to make the call, which the audit log records.</summary>
    public bool IsRejection { get; init; }

    /// <summary>Delay before a retry; null: a retry is useless.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
