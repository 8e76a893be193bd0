using TopicGrpc.Load.Calls;

namespace TopicGrpc.Load.Attacks;

/// <summary>Calls with bytes of the attacker.</summary>
/// <param name="Name">What the client does.</param>
/// <param name="Method">Service and method.</param>
/// <param name="Bytes">Bytes of one call.</param>
/// <param name="Calls">Calls at the same time.</param>
/// <param name="Connections">Connections that share the calls.</param>
/// <param name="StaysOpen">Whether each call is silent after its bytes; otherwise it is repeated until the time is over.</param>
internal sealed record StreamAttack(string Name, string Method, byte[] Bytes, int Calls, int Connections, bool StaysOpen) : Attack(Name)
{
    /// <inheritdoc/>
    public override async Task RunAsync(Uri address, CancellationToken cancellationToken)
    {
        HttpClient[] clients =
        [
            .. Enumerable.Range(0, Connections).Select(static _ => new HttpClient { Timeout = Timeout.InfiniteTimeSpan }),
        ];
        await Task.WhenAll(
            Enumerable.Range(0, Calls).Select(call => RepeatAsync(clients[call % clients.Length], address, cancellationToken)));
        foreach (HttpClient client in clients)
        {
            client.Dispose();
        }
    }

    private async Task RepeatAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        do
        {
            await RawStream.SendAsync(client, address, Method, Bytes, StaysOpen, cancellationToken);
        }
        while (!StaysOpen && !cancellationToken.IsCancellationRequested);
    }
}
