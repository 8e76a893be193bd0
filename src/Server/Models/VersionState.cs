namespace TopicGrpc.Server.Models;

/// <summary>Life cycle of a version in this server.</summary>
internal enum VersionState
{
    /// <summary>On disk; loaded when a call or a label needs it.</summary>
    Stored,

    /// <summary>Being read and checked.</summary>
    Loading,

    /// <summary>Loaded and answering calls.</summary>
    Ready,

    /// <summary>Closed to new calls; waiting for its last calls.</summary>
    Draining,

    /// <summary>Cannot serve.</summary>
    Failed,
}
