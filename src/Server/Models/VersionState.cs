namespace TopicGrpc.Server.Models;

/// <summary>Life of a version in this server.</summary>
internal enum VersionState
{
    /// <summary>On disk; loaded when a call or a label asks for it.</summary>
    Stored,

    /// <summary>Being read and checked.</summary>
    Loading,

    /// <summary>In service.</summary>
    Ready,

    /// <summary>Given out no more; waiting for its last calls.</summary>
    Draining,

    /// <summary>Cannot serve.</summary>
    Failed,
}
