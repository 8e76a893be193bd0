using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>A version in the routing table.</summary>
/// <param name="Record">The version as stored in the database.</param>
/// <param name="Handle">The loaded version; null while it is only on disk.</param>
/// <param name="Error">Why the version cannot serve; null if it can.</param>
/// <param name="LoadDuration">Time that loading took; zero for a version that was fitted by this process.</param>
internal sealed record VersionEntry(ModelVersion Record, VersionHandle? Handle, ServiceException? Error, TimeSpan LoadDuration)
{
    /// <summary>Number of the version.</summary>
    public long Number => Record.VersionNumber;

    /// <summary>
    /// Completes when the running load ends; null when none runs. The identity of the task also marks the load: a load that finds another
    /// task here was overtaken.
    /// </summary>
    public Task? Loading { get; init; }

    /// <summary>A version that was unloaded, until its last call has ended; no new lease is acquired on it.</summary>
    public VersionHandle? Retired { get; init; }

    /// <summary>Number of calls that hold a lease.</summary>
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
