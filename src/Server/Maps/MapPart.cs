namespace TopicGrpc.Server.Maps;

/// <summary>Part of a map that is ready to send: immutable, and without references to the memory of its version.</summary>
internal abstract record MapPart
{
    /// <summary>Estimated memory, in bytes.</summary>
    public abstract long Bytes { get; }
}
