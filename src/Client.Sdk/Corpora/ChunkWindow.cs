using System.Threading.Channels;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// Chunks sent on one connection that wait for their acknowledgment. The sender waits for room; one sender, one receiver.
/// </summary>
internal sealed class ChunkWindow(int size)
{
    private readonly Channel<long> _ends = Channel.CreateBounded<long>(
        new BoundedChannelOptions(size) { SingleReader = true, SingleWriter = true });

    /// <summary>Waits until a chunk that ends before an index may be sent.</summary>
    public ValueTask EnterAsync(long end, CancellationToken cancellationToken) => _ends.Writer.WriteAsync(end, cancellationToken);

    /// <summary>All documents below an index are acknowledged.</summary>
    public void Acknowledge(long offset)
    {
        while (_ends.Reader.TryPeek(out long end) && end <= offset)
        {
            _ends.Reader.TryRead(out _);
        }
    }
}
