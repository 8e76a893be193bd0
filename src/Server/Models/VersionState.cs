namespace TopicGrpc.Server.Models;

/// <summary>Life of a version in this server.</summary>
internal enum VersionState
{
    /// <summary>On disk; loaded when a call or a label asks for it.</summary>
    Stored,

    /// <summary>In service.</summary>
    Ready,

    /// <summary>Cannot serve.</summary>
    Failed,
}
