namespace TopicGrpc.Shared;

/// <summary>Names of the metadata that server and clients exchange beside the messages.</summary>
public static class HeaderNames
{
    /// <summary>Trailer of a refusal: milliseconds to wait before the next attempt. The name is gRPC's own (proposal A6), so native clients honour it too.</summary>
    public const string RetryPushback = "grpc-retry-pushback-ms";
}
