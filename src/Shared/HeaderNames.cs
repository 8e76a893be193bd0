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
}
