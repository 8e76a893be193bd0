namespace TopicGrpc.Shared;

/// <summary>Names of gRPC metadata that server and clients exchange.</summary>
public static class HeaderNames
{
    /// <summary>
    /// Trailer of a rejection: milliseconds to wait before the next attempt. gRPC defines the name (proposal A6),
    /// so other clients follow it too.
    /// </summary>
    public const string RetryPushback = "grpc-retry-pushback-ms";

    /// <summary>Header with an API key, for clients that cannot set <c>authorization</c>.</summary>
    public const string ApiKey = "x-api-key";

    /// <summary>
    /// Header of answers and requests in a cluster: the generation of the routing table, a number that only rises. A client sends the
    /// highest number that it has seen; a member that is behind catches up before it answers. Streams also have it as a trailer.
    /// </summary>
    public const string Generation = "topicgrpc-generation";
}
