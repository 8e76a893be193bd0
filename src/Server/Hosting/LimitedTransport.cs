using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace TopicGrpc.Server.Hosting;

/// <summary>A connection whose input passes a <see cref="ResetLimit"/>.</summary>
internal sealed class LimitedTransport(IDuplexPipe inner, ResetLimit limit) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input => limit;

    /// <inheritdoc/>
    public PipeWriter Output => inner.Output;

    /// <summary>Returns the handler of connections with the limit.</summary>
    /// <param name="next">Handler of a connection whose transport has the limit.</param>
    /// <param name="perSecond">Resets of one connection per second.</param>
    /// <param name="clock">Clock.</param>
    public static ConnectionDelegate Limit(ConnectionDelegate next, int perSecond, TimeProvider clock) => async connection =>
    {
        IDuplexPipe inner = connection.Transport;
        connection.Transport = new LimitedTransport(inner, new ResetLimit(inner.Input, perSecond, clock, connection.ConnectionClosed));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = inner;
        }
    };
}
