using System.Net.Sockets;
using TopicGrpc.Load.Calls;

namespace TopicGrpc.Load.Attacks;

/// <summary>Connections whose frames the attacker makes. A connection that the server closes is opened again.</summary>
/// <param name="Name">What the client does.</param>
/// <param name="Connections">Connections at the same time.</param>
/// <param name="Reads">Whether the client takes what the server sends.</param>
/// <param name="Act">What it does with one connection; the connection then stays open until the time is over.</param>
internal sealed record ConnectionAttack(
    string Name,
    int Connections,
    bool Reads,
    Func<RawConnection, CancellationToken, Task> Act) : Attack(Name)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override Task RunAsync(Uri address, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => RepeatAsync(address, cancellationToken)));

    private async Task RepeatAsync(Uri address, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await OnceAsync(address, cancellationToken);
                await Task.Delay(Pause, cancellationToken);
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The server has closed the connection, or the time is over.
            }
        }
    }

    private async Task OnceAsync(Uri address, CancellationToken cancellationToken)
    {
        using RawConnection connection = await RawConnection.OpenAsync(address, cancellationToken);
        if (!Reads)
        {
            await Act(connection, cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        // A write to a closed connection fails; a read notices it also when nothing is written.
        await await Task.WhenAny(connection.DropAsync(cancellationToken), ActAndStayAsync(connection, cancellationToken));
    }

    private async Task ActAndStayAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        await Act(connection, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
