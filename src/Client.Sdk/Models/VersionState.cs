namespace TopicGrpc.Client.Models;

/// <summary>State of a version on a server.</summary>
public enum VersionState
{
    /// <summary>A state that this client does not know.</summary>
    Unknown = 0,

    /// <summary>Stored on disk, not loaded.</summary>
    Stored,

    /// <summary>Being verified and loaded.</summary>
    Loading,

    /// <summary>Serving calls.</summary>
    Ready,

    /// <summary>No new calls; the last leases are not released yet.</summary>
    Draining,

    /// <summary>Failed to load; cannot serve.</summary>
    Failed,

    /// <summary>Deleted; reported once by a watch.</summary>
    Deleted,
}
