using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>A version in the routing table.</summary>
/// <param name="Record">What the database holds of it.</param>
/// <param name="Handle">The loaded version; null while it is on disk only.</param>
/// <param name="Error">Why it cannot serve; null when it can.</param>
/// <param name="LoadDuration">Time that loading took; zero for a version that was fitted here.</param>
internal sealed record VersionEntry(ModelVersion Record, VersionHandle? Handle, ServiceException? Error, TimeSpan LoadDuration)
{
    public VersionState State => Error is not null ? VersionState.Failed : Handle is null ? VersionState.Stored : VersionState.Ready;
}
