namespace TopicGrpc.Client.Models;

/// <summary>Life of a version in a server.</summary>
public enum VersionState
{
    /// <summary>A state that this client does not know.</summary>
    Unknown = 0,

    /// <summary>On disk only.</summary>
    Stored,

    /// <summary>Being checked and read.</summary>
    Loading,

    /// <summary>In service.</summary>
    Ready,

    /// <summary>Given out no more, waiting for its last calls.</summary>
    Draining,

    /// <summary>Cannot serve.</summary>
    Failed,

    /// <summary>Gone; told by a watch, once.</summary>
    Deleted,
}
