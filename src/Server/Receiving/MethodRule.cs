namespace TopicGrpc.Server.Receiving;

/// <summary>What a method may receive.</summary>
/// <param name="Name">Name without the service.</param>
/// <param name="MaxMessageBytes">Bytes of its largest message, decompressed.</param>
/// <param name="IsStream">Whether the client sends a stream of messages.</param>
/// <param name="Request">Its messages; null for a method of another contract.</param>
internal sealed record MethodRule(string Name, int MaxMessageBytes, bool IsStream, MessageShape? Request = null)
{
    /// <summary>
    /// Whether each message has gRPC's header of five bytes. Otherwise the body is one message or, for a stream, bytes whose messages the
    /// service finds and limits itself.
    /// </summary>
    public bool IsFramed { get; init; } = true;
}
