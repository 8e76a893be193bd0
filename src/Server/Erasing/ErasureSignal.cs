using System.Threading.Channels;

namespace TopicGrpc.Server.Erasing;

/// <summary>Wakes the worker when an erasure has started.</summary>
internal sealed class ErasureSignal
{
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signal.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);
}
