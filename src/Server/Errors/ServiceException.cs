using Grpc.Core;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Errors;

/// <summary>A refusal that the caller shall see: status, machine-readable reason and details. Anything else that is thrown is a defect.</summary>
internal sealed class ServiceException(StatusCode code, string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Status of the call.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>One of <see cref="Shared.ErrorReasons"/>.</summary>
    public string Reason { get; } = reason;

    /// <summary>Values that the message mentions, for machines.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Fields at fault.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>How long to wait before another attempt; null: another attempt is no use.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
