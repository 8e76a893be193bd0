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
    /// <summary>Ends with the loading that goes on; null when none does. Also the mark by which a loading that ends late finds that it was overtaken.</summary>
    public Task? Loading { get; init; }

    /// <summary>What was loaded before and is given out no more, until its last call has ended.</summary>
    public VersionHandle? Retired { get; init; }

    /// <summary>Calls that hold it.</summary>
    public int ActiveLeases => (Handle?.ActiveLeases ?? 0) + (Retired?.ActiveLeases ?? 0);

    public VersionState State => this switch
    {
        { Error: not null } => VersionState.Failed,
        { Handle: not null } => VersionState.Ready,
        { Loading: not null } => VersionState.Loading,
        { Retired.Drained.IsCompleted: false } => VersionState.Draining,
        _ => VersionState.Stored,
    };
}
