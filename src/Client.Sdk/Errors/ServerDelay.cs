using System.Globalization;
using Google.Rpc;
using Grpc.Core;

namespace TopicGrpc.Client.Errors;

/// <summary>
/// The pause that a server asks for: <c>RetryInfo</c> in the details, else <c>grpc-retry-pushback-ms</c> in the trailers (gRFC A6).
/// </summary>
/// <param name="Delay">Pause; null when the server did not ask.</param>
/// <param name="ForbidsRetry">The server wants no further attempt: a negative or unreadable pushback.</param>
internal readonly record struct ServerDelay(TimeSpan? Delay, bool ForbidsRetry)
{
    private const string PushbackKey = "grpc-retry-pushback-ms";

    public static ServerDelay Read(RpcException failure)
    {
        string? pushback = failure.Trailers.GetValue(PushbackKey);
        bool isReadable =
            int.TryParse(pushback, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds >= 0;
        if (pushback is not null && !isReadable)
        {
            return new ServerDelay(null, ForbidsRetry: true);
        }

        RetryInfo? info = failure.GetRpcStatus()?.GetDetail<RetryInfo>();
        TimeSpan? delay = info?.RetryDelay is { } asked
            ? asked.ToTimeSpan()
            : pushback is null ? null : TimeSpan.FromMilliseconds(milliseconds);
        return new ServerDelay(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, ForbidsRetry: false);
    }
}
